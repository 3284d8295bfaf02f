using ScaleMs.Store.Disk;
using ScaleMs.Store.Locking;

namespace ScaleMs.Store.Cache;

/// <summary>Tells who has a lead and whether it is lost.</summary>
/// <param name="layout">The cache.</param>
/// <param name="options">Who looks.</param>
internal sealed class LeadReader(CacheLayout layout, CacheOptions options)
{
    /// <summary>A leader whose file does not say who it is.</summary>
    public const string Somebody = "another client of the shared cache";

    /// <summary>The file server is asked for its time no more often; in between this machine counts on.</summary>
    private static readonly TimeSpan Fresh = TimeSpan.FromSeconds(5);

    private readonly Lock _gate = new();
    private (long Ns, long At)? _time;

    /// <summary>Reads a lead.</summary>
    /// <param name="path">Its file.</param>
    /// <returns>The lead; null when none is there.</returns>
    /// <exception cref="IOException">The disk refused.</exception>
    public Lead? Read(string path)
    {
        if (StatReader.Read(path, followLinks: false) is not { } stat)
        {
            return null;
        }

        var note = stat.IsFile ? LeaseNote.TryRead(path) : null;
        return new Lead(note?.ToString() ?? Somebody, !IsOfDeadProcess(note) && NowNs() - stat.ModifiedNs <= Nanoseconds.Of(options.LeadTimeout));
    }

    private bool IsOfDeadProcess(LeaseNote? note) =>
        note is not null && note.IsOfThisMachine(options) && RunningProcess.StartTicks(note.ProcessId) != note.StartTicks;

    private long NowNs()
    {
        lock (_gate)
        {
            if (_time is not { } time || options.Clock.GetElapsedTime(time.At) > Fresh)
            {
                _time = time = (ServerClock.Now(layout), options.Clock.GetTimestamp());
            }

            return time.Ns + Nanoseconds.Of(options.Clock.GetElapsedTime(time.At));
        }
    }

    /// <summary>A lead as it was found.</summary>
    /// <param name="Leader">Who has it, for people.</param>
    /// <param name="IsLive">Whether it is not lost.</param>
    public sealed record Lead(string Leader, bool IsLive);
}
