using System.Diagnostics;
using System.Globalization;

namespace ScaleMs.Launchers.Local;

/// <summary>How many processes Linux has ended for want of memory; tells a kill of that kind from any other.</summary>
/// <remarks>
/// The first of the files that tells it counts: that of the machine since Linux 4.13, else that of the control group. An exit by signal 9 while
/// the count rose is taken for one of these kills; that somebody kills a step while another program loses its memory is not told apart.
/// </remarks>
internal sealed class OomKills(params IReadOnlyList<string> files)
{
    internal static readonly OomKills OfThisMachine = new("/proc/vmstat", "/sys/fs/cgroup/memory.events", "/sys/fs/cgroup/memory/memory.oom_control");

    private const string Label = "oom_kill ";
    private static readonly TimeSpan Fresh = TimeSpan.FromSeconds(1);

    private readonly Lock _lock = new();
    private long _lately;
    private long _readAt;

    /// <summary>The count as it was a second ago or less: for a start, so that many short commands do not read it each.</summary>
    internal long Lately()
    {
        lock (_lock)
        {
            if (_readAt == 0 || Stopwatch.GetElapsedTime(_readAt) > Fresh)
            {
                (_lately, _readAt) = (Count(), Stopwatch.GetTimestamp());
            }

            return _lately;
        }
    }

    /// <summary>The count; 0 where nothing tells it.</summary>
    internal long Count()
    {
        for (var i = 0; i < files.Count; i++)
        {
            if (CountIn(ProcFiles.Text(files[i])) is { } count)
            {
                return count;
            }
        }

        return 0;
    }

    private static long? CountIn(string text)
    {
        var start = text.StartsWith(Label, StringComparison.Ordinal) ? 0 : text.IndexOf("\n" + Label, StringComparison.Ordinal) + 1;
        if (start == 0 && !text.StartsWith(Label, StringComparison.Ordinal))
        {
            return null;
        }

        var number = text.AsSpan(start + Label.Length);
        var end = number.IndexOf('\n');
        return long.TryParse(end < 0 ? number : number[..end], NumberStyles.None, CultureInfo.InvariantCulture, out var count) ? count : null;
    }
}
