using System.Diagnostics;

namespace ScaleMs.Launchers.Slurm;

/// <summary>What was seen of an attempt's heartbeat: only that it changes counts, by this machine's clock. What was not looked at was not silent.</summary>
internal sealed class Heart
{
    private string _beat = string.Empty;
    private long? _changedAt;
    private long _seenAt;

    /// <summary>Whether its silence was told.</summary>
    internal bool IsTold { get; set; }

    internal bool HasBeenSeen => _changedAt is not null;

    /// <summary>From the last change that was seen to the last look.</summary>
    internal TimeSpan Silence => _changedAt is { } since ? Stopwatch.GetElapsedTime(since, _seenAt) : TimeSpan.Zero;

    internal bool IsDue(TimeSpan every, long now) => _changedAt is null || Stopwatch.GetElapsedTime(_seenAt, now) >= every;

    /// <summary>Takes note of a look. A heartbeat that was there and is not seen any more tells nothing: this machine may see the disk badly.</summary>
    internal void See(string beat, long now)
    {
        if (beat.Length == 0 && _beat.Length > 0)
        {
            return;
        }

        _changedAt = _changedAt is null || beat != _beat ? now : _changedAt;
        (_beat, _seenAt) = (beat, now);
    }

    /// <summary>It need not beat: its job waits, or is suspended.</summary>
    internal void Rest() => _changedAt = null;
}
