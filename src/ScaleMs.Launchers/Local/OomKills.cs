using System.Diagnostics;
using System.Globalization;
using ScaleMs.Launchers.Native;

namespace ScaleMs.Launchers.Local;

/// <summary>How many processes Linux has ended for want of memory; tells a kill of that kind from any other.</summary>
/// <remarks>
/// The control group that the host and its steps are in counts those of its own processes, whoever's limit was passed: an exit by signal 9 while that count
/// rose is one of these kills. Where no group tells it, the count of the machine must do (since Linux 4.13); then it may have been another program's.
/// </remarks>
/// <param name="ofGroup">The file of the control group; null for none.</param>
/// <param name="ofMachine">The file of the machine.</param>
internal sealed class OomKills(string? ofGroup, string ofMachine)
{
    internal static readonly OomKills OfThisMachine = new(new MachineFiles("/").KillCounter(), "/proc/vmstat");

    private const string Label = "oom_kill ";
    private const string EndedBySystem = "the system ended one of its processes for want of memory";
    private const string PerhapsEndedBySystem =
        "it was ended by signal 9 while the system ended processes for want of memory: possibly this one, the system does not tell which";

    private const int Killed = 128 + LibC.Kill;
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

    /// <summary>Whether only our own group's kills count, so that one of them was a step's.</summary>
    internal bool IsOfGroup => ofGroup is not null && CountIn(ProcFiles.Text(ofGroup)) is not null;

    /// <summary>The words for an end that was such a kill; null for any other.</summary>
    /// <param name="exitCode">How the process ended.</param>
    /// <param name="before">The count at its start.</param>
    internal string? Explained(int exitCode, long before) => exitCode == Killed && Count() > before ? IsOfGroup ? EndedBySystem : PerhapsEndedBySystem : null;

    /// <summary>The count; 0 where nothing tells it.</summary>
    internal long Count() => (ofGroup is null ? null : CountIn(ProcFiles.Text(ofGroup))) ?? CountIn(ProcFiles.Text(ofMachine)) ?? 0;

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
