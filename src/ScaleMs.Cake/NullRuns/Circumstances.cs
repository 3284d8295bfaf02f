using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Text;
using ScaleMs.Core.Digests;

namespace ScaleMs;

/// <summary>What a definition may depend on besides files: command line, environment, working directory, runtime and machine.</summary>
internal static class Circumstances
{
    private const string Form = "scalems.circumstances/1";
    private const string BootIdFile = "/proc/sys/kernel/random/boot_id";

    /// <summary>Variables that differ from one terminal or login to the next and say nothing to a workflow; one that reads them is never remembered.</summary>
    private static readonly string[] OfTheTerminal =
    [
        "_", "COLUMNS", "DBUS_SESSION_BUS_ADDRESS", "LINES", "OLDPWD", "PWD", "SHLVL", "SSH_AUTH_SOCK", "SSH_CLIENT", "SSH_CONNECTION", "SSH_TTY",
        Detached.Variable, "STY", "TERM", "TERM_SESSION_ID", "TMUX", "TMUX_PANE", "WINDOW", "WINDOWID", "XDG_SESSION_ID",
    ];

    /// <summary>Whether a variable is left out.</summary>
    public static bool LeavesOut(string variable) => Array.IndexOf(OfTheTerminal, variable) >= 0;

    /// <summary>The digest of the present circumstances.</summary>
    /// <param name="arguments">The command line, as it was given.</param>
    public static Digest Of(IReadOnlyList<string> arguments)
    {
        var text = new MemoryStream(1 << 13);
        Write(text, Form);
        Write(text, RuntimeInformation.FrameworkDescription);
        Write(text, AppContext.BaseDirectory);
        Write(text, System.Environment.CurrentDirectory);
        Write(text, System.Environment.MachineName);
        Write(text, File.Exists(BootIdFile) ? File.ReadAllText(BootIdFile) : string.Empty);
        Write(text, System.Environment.ProcessorCount.ToString(System.Globalization.CultureInfo.InvariantCulture));
        WriteAll(text, arguments);
        WriteAll(text, Variables());
        return Digest.Of(text.GetBuffer().AsSpan(0, (int)text.Length));
    }

    private static List<string> Variables()
    {
        var variables = new List<string>();
        foreach (System.Collections.DictionaryEntry variable in System.Environment.GetEnvironmentVariables())
        {
            if (!LeavesOut((string)variable.Key))
            {
                variables.Add($"{variable.Key}={variable.Value}");
            }
        }

        variables.Sort(StringComparer.Ordinal);
        return variables;
    }

    private static void WriteAll(MemoryStream text, IReadOnlyList<string> values)
    {
        Write(text, values.Count.ToString(System.Globalization.CultureInfo.InvariantCulture));
        foreach (var value in values)
        {
            Write(text, value);
        }
    }

    /// <summary>With its length in front, so that no two lists of values look the same.</summary>
    private static void Write(MemoryStream text, string value)
    {
        var bytes = Encoding.UTF8.GetBytes(value);
        Span<byte> length = stackalloc byte[sizeof(int)];
        BinaryPrimitives.WriteInt32LittleEndian(length, bytes.Length);
        text.Write(length);
        text.Write(bytes);
    }
}
