using System.ComponentModel;
using System.Diagnostics;

namespace ScaleMs.Launchers.Ssh;

/// <summary>The folder of the sockets over which ssh clients share connections: short, made by this process and open to nobody else.</summary>
/// <remarks>When this process ends in order the connections end with it; when it is killed, they end by themselves after <see cref="PersistSeconds"/>.</remarks>
internal static class ControlFolder
{
    /// <summary>How long a connection stays that nobody uses.</summary>
    internal const int PersistSeconds = 60;

    /// <summary>A socket's path has at most 104 bytes, the client adds 17 to it for a moment, and our names have 16.</summary>
    private const int LongestFolder = 60;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(1);
    private static readonly Lazy<string> Made = new(Make);

    /// <summary>The path of a destination's socket: another one for other options.</summary>
    internal static string SocketOf(string destination, IReadOnlyList<string> options) =>
        System.IO.Path.Combine(Made.Value, Core.Digests.Digest.OfText(string.Join('\0', [destination, .. options])).Hex[..16]);

    private static string Make()
    {
        var folder = Directory.CreateTempSubdirectory("scalems-").FullName;
        if (folder.Length > LongestFolder && !OperatingSystem.IsWindows())
        {
            Directory.Delete(folder);
            folder = Directory.CreateDirectory($"/tmp/{System.IO.Path.GetFileName(folder)}{Guid.NewGuid():N}"[..30], UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute).FullName;
        }

        AppDomain.CurrentDomain.ProcessExit += (_, _) => End(folder);
        return folder;
    }

    /// <summary>Ends the connection behind a socket.</summary>
    internal static async Task EndAsync(string socket)
    {
        try
        {
            using var client = Leave(socket);
            using var patience = new CancellationTokenSource(Patience);
            await client.WaitForExitAsync(patience.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            File.Delete(socket);
        }
        catch (Exception trouble) when (trouble is IOException or UnauthorizedAccessException or Win32Exception)
        {
            // There is none.
        }
    }

    private static void End(string folder)
    {
        try
        {
            foreach (var socket in Directory.GetFiles(folder))
            {
                using var client = Leave(socket);
                client.WaitForExit(Patience);
            }

            Directory.Delete(folder, recursive: true);
        }
        catch (Exception trouble) when (trouble is IOException or UnauthorizedAccessException or Win32Exception)
        {
            // A folder is left among the temporary files.
        }
    }

    private static Process Leave(string socket) =>
        Process.Start(new ProcessStartInfo("ssh", ["-O", "exit", "-S", socket, "-F", "none", "any"]) { RedirectStandardError = true, RedirectStandardOutput = true })!;
}
