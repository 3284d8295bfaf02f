using System.ComponentModel;
using System.Diagnostics;

namespace ScaleMs.Launchers.Ssh;

/// <summary>The folder of the sockets over which ssh clients share connections: short, made by this process and open to nobody else.</summary>
/// <remarks>
/// When this process ends in order the connections end with it; when it is killed, they end by themselves after <see cref="PersistSeconds"/>, and the next process removes the
/// folder, whose name tells whose it is.
/// </remarks>
internal static class ControlFolder
{
    /// <summary>How long a connection stays that nobody uses.</summary>
    internal const int PersistSeconds = 60;

    /// <summary>A socket's path has at most 104 bytes, the client adds 17 to it for a moment, and our names have 16.</summary>
    private const int LongestFolder = 60;

    private const string Prefix = "scalems-ssh-";

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(1);
    private static readonly Lazy<string> Made = new(Make);

    /// <summary>The path of a destination's socket: another one for other options.</summary>
    internal static string SocketOf(string destination, IReadOnlyList<string> options) =>
        System.IO.Path.Combine(Made.Value, Core.Digests.Digest.OfText(string.Join('\0', [destination, .. options])).Hex[..16]);

    private static string Make()
    {
        var folder = Directory.CreateTempSubdirectory(NameOf(Environment.ProcessId) + "-").FullName;
        if (folder.Length > LongestFolder && !OperatingSystem.IsWindows())
        {
            Directory.Delete(folder);
            folder = Directory.CreateDirectory($"/tmp/{System.IO.Path.GetFileName(folder)}{Guid.NewGuid():N}"[..(LongestFolder - 5)], UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute).FullName;
        }

        RemoveLeft(System.IO.Path.GetDirectoryName(folder)!);
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

    /// <summary>Removes what killed processes left. As long as a connection of theirs is there, its socket is in the folder.</summary>
    internal static void RemoveLeft(string parent)
    {
        try
        {
            Directory.GetDirectories(parent, Prefix + "*").Where(IsOfDeadProcess).ToList().ForEach(TryDelete);
        }
        catch (Exception trouble) when (trouble is IOException or UnauthorizedAccessException)
        {
            // One may make files there, and not list them.
        }
    }

    private static void TryDelete(string folder)
    {
        try
        {
            Directory.Delete(folder);
        }
        catch (Exception trouble) when (trouble is IOException or UnauthorizedAccessException)
        {
            // It is in use, or another user's.
        }
    }

    /// <summary>How the folders of a process begin. Numbers of processes are those of a container, which may share its folder for temporary files.</summary>
    internal static string NameOf(int process) => FormattableString.Invariant($"{Prefix}{Space()}-{process}");

    private static string Space() => new([.. (new FileInfo("/proc/self/ns/pid").LinkTarget ?? string.Empty).Where(char.IsAsciiDigit)]);

    private static bool IsOfDeadProcess(string folder) =>
        System.IO.Path.GetFileName(folder).Split('-') is ["scalems", "ssh", var space, var number, _] && space == Space() && int.TryParse(number, out var process) && !IsAlive(process);

    private static bool IsAlive(int process)
    {
        try
        {
            using var found = Process.GetProcessById(process);
            return true;
        }
        catch (ArgumentException)
        {
            return false;
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
