using System.Text;

namespace ScaleMs.Launchers.Local;

/// <summary>The variable by which an attempt's processes are known, whatever group or session they moved to.</summary>
/// <remarks>
/// It fails for a process that runs with a cleared environment, that overwrites it (some daemons set their title so), or that
/// the system does not let us look into (setuid programs).
/// </remarks>
internal static class AttemptMarker
{
    internal const string Variable = "SCALEMS_ATTEMPT";

    private static readonly byte[] Assignment = Encoding.UTF8.GetBytes(Variable + "=");

    /// <summary>The processes whose marker is this directory or one below it.</summary>
    /// <param name="directory">An absolute path.</param>
    internal static IEnumerable<int> Find(string directory) => Find(directory, ProcFiles.Pids());

    /// <summary>Those of some processes whose marker is this directory or one below it; zombies have none.</summary>
    internal static IEnumerable<int> Find(string directory, IEnumerable<int> among)
    {
        var wanted = Encoding.UTF8.GetBytes(Normal(directory));
        return among.Where(pid => pid != Environment.ProcessId && Holds(ProcFiles.Bytes($"/proc/{pid}/environ"), wanted));
    }

    /// <summary>Whether a process bears the marker of some attempt.</summary>
    internal static bool IsMarked(int pid) => Holds(ProcFiles.Bytes($"/proc/{pid}/environ"), []);

    /// <summary>The form in which a directory is marked and sought.</summary>
    internal static string Normal(string directory) => Path.TrimEndingDirectorySeparator(Path.GetFullPath(directory));

    /// <summary>Whether an environment block names the directory or one below it.</summary>
    internal static bool Holds(ReadOnlySpan<byte> environment, ReadOnlySpan<byte> directory)
    {
        foreach (var range in environment.Split((byte)0))
        {
            var entry = environment[range];
            if (entry.StartsWith(Assignment))
            {
                var value = entry[Assignment.Length..];
                return value.StartsWith(directory) && (value.Length == directory.Length || value[directory.Length] == (byte)'/');
            }
        }

        return false;
    }
}
