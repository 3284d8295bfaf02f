namespace ScaleMs.Launchers.Remote;

/// <summary>How long a heartbeat has stayed the same, in time of this machine in which it was looked at: the clocks of node and client are never compared.</summary>
/// <remarks>Of the time between two looks at most twice the usual counts, so that a site that could not be reached for an hour is not taken for dead nodes.</remarks>
internal sealed class Silence
{
    private string _heartbeat = string.Empty;
    private TimeSpan _since;
    private bool _isSeen;

    /// <summary>How long it has been.</summary>
    internal TimeSpan Length { get; private set; }

    /// <summary>Takes a look.</summary>
    /// <param name="heartbeat">What it is now.</param>
    /// <param name="now">The time on any clock that only goes on.</param>
    /// <param name="usual">The usual time between two looks.</param>
    internal void Look(string heartbeat, TimeSpan now, TimeSpan usual)
    {
        var passed = _isSeen ? now - _since : TimeSpan.Zero;
        Length = !_isSeen || heartbeat != _heartbeat ? TimeSpan.Zero : Length + (passed < usual * 2 ? passed : usual * 2);
        (_heartbeat, _since, _isSeen) = (heartbeat, now, true);
    }
}
