using System.Diagnostics;
using System.Globalization;

namespace ScaleMs.Launchers.Local;

/// <summary>Tells whether a command's processes together have more resident memory than they may.</summary>
/// <remarks>
/// Looked at every half second, those that left the session every five seconds. Pages that processes share count once: the sum of what each has
/// is only a suspicion, which the shares (Pss) must confirm. Without <c>/proc</c> nothing is found.
/// </remarks>
/// <param name="tree">The command's processes.</param>
/// <param name="limitBytes">What they may have, bytes; 0 for no limit.</param>
internal sealed class MemoryLimit(ProcessTree tree, long limitBytes)
{
    private const int LooksPerWholeTree = 10;

    private static readonly TimeSpan First = TimeSpan.FromMilliseconds(50);
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(500);

    private readonly long _start = Stopwatch.GetTimestamp();
    private TimeSpan _next = First;
    private int _looks;

    /// <summary>What they had when that was too much, in bytes; 0 while the limit holds.</summary>
    internal long PassedBytes { get; private set; }

    /// <summary>What was found, for people; empty while the limit holds.</summary>
    internal string Message => PassedBytes == 0 ? string.Empty : $"it had {Mebibytes(PassedBytes)} of memory, more than the {Mebibytes(limitBytes)} that it claims";

    /// <summary>Looks if it is time to.</summary>
    /// <returns>Whether they have too much.</returns>
    internal bool IsPassed()
    {
        if (limitBytes == 0 || Stopwatch.GetElapsedTime(_start) < _next)
        {
            return false;
        }

        _next = Stopwatch.GetElapsedTime(_start) + Interval;
        return IsPassedBy(++_looks % LooksPerWholeTree == 0 ? tree.Members() : [.. tree.Session()]);
    }

    private bool IsPassedBy(IReadOnlyList<int> pids)
    {
        if (pids.Sum(ProcFiles.ResidentBytesOf) <= limitBytes)
        {
            return false;
        }

        var bytes = pids.Sum(ProcFiles.ShareOfMemoryOf);
        if (bytes <= limitBytes)
        {
            _next += Interval * LooksPerWholeTree; // telling the shares of large processes costs some milliseconds
            return false;
        }

        PassedBytes = bytes;
        return true;
    }

    private static string Mebibytes(long bytes) => string.Create(CultureInfo.InvariantCulture, $"{bytes / 1048576.0:0} MiB");
}
