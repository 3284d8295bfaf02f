using System.Diagnostics;
using ScaleMs.Launchers.Native;

namespace ScaleMs.Launchers.Local;

/// <summary>Ends what a dead client of the workspace left running.</summary>
internal static class Reaper
{
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(10);

    /// <summary>TERM to each marked process, KILL after 2 s.</summary>
    /// <remarks>It returns when they are gone, or 5 s later when some cannot be killed.</remarks>
    /// <returns>How many processes were found.</returns>
    internal static int Reap(string workDirectory)
    {
        // We may ourselves be a step of another ScaleMs run, whose marker is then in our environment too.
        var spared = ProcFiles.OurselvesAndAncestors();
        var seen = new HashSet<int>();
        _ = Until(Grace, seen, () => Marked(workDirectory, spared), pid => _ = seen.Contains(pid) || Send(pid, LibC.Terminate))
            || Until(Patience, seen, () => Marked(workDirectory, spared), pid => Send(pid, LibC.Kill));
        return seen.Count;
    }

    private static bool Until(TimeSpan limit, HashSet<int> seen, Func<List<int>> find, Action<int> end)
    {
        var start = Stopwatch.GetTimestamp();
        while (find() is { Count: > 0 } left)
        {
            if (Stopwatch.GetElapsedTime(start) >= limit)
            {
                return false;
            }

            left.ForEach(end);
            seen.UnionWith(left);
            Thread.Sleep(Pause);
        }

        return true;
    }

    private static List<int> Marked(string workDirectory, HashSet<int> spared) =>
        [.. AttemptMarker.Find(workDirectory).Where(pid => !spared.Contains(pid))];

    private static bool Send(int pid, int signal) => LibC.Signal(pid, signal) == 0;
}
