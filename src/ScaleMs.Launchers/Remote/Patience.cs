namespace ScaleMs.Launchers.Remote;

/// <summary>How long one thing has been waited for. Another thing begins anew.</summary>
internal sealed class Patience
{
    private string _reason = string.Empty;
    private TimeSpan _since;

    /// <summary>Whether the waiting is over.</summary>
    /// <param name="reason">What is waited for.</param>
    /// <param name="limit">How long it may take.</param>
    /// <param name="now">The time on any clock that only goes on.</param>
    internal bool IsOver(string reason, TimeSpan limit, TimeSpan now)
    {
        if (_reason != reason)
        {
            (_reason, _since) = (reason, now);
        }

        return now - _since >= limit;
    }
}
