using System.Text;

namespace ScaleMs;

/// <summary>The command line of this process, to give it again.</summary>
internal static class OwnCommand
{
    private const string CommandLineFile = "/proc/self/cmdline";
    private const string Detach = "detach";

    private static string? _folder;

    /// <summary>Where the process was started, as far as a host told before Cake changed its directory.</summary>
    public static string Folder => _folder ?? System.Environment.CurrentDirectory;

    /// <summary>Remembers where the process was started.</summary>
    public static void RememberFolder() => _folder ??= System.Environment.CurrentDirectory;

    /// <summary>The arguments after the program's name, without the option that is carried out by starting it again.</summary>
    public static IReadOnlyList<string> Arguments() => [.. Whole().Where(argument => !IsDetach(argument))];

    /// <summary>All that the runtime was started with, also what comes before the program's assembly, where the system tells; else what has to be there.</summary>
    private static string[] Whole() => File.Exists(CommandLineFile)
        ? Encoding.UTF8.GetString(File.ReadAllBytes(CommandLineFile)).TrimEnd('\0').Split('\0')[1..]
        : [.. HostProgram.Prefix(), .. System.Environment.GetCommandLineArgs().Skip(1)];

    private static bool IsDetach(string argument)
    {
        var name = argument.TrimStart('-');
        return name.Length < argument.Length && name.StartsWith(Detach, StringComparison.OrdinalIgnoreCase) && name[Detach.Length..] is "" or ['=' or ':', ..];
    }
}
