namespace ScaleMs.Testing;

/// <summary>One run of a host, from its start to its end or crash. After a crash nothing that it does has any effect.</summary>
internal sealed class HostLife
{
    private int _crashAt = int.MaxValue;
    private int _changes;
    private volatile bool _isDown;

    /// <summary>Whether the host crashed, or its run is over.</summary>
    public bool IsDown => _isDown;

    /// <summary>How many changes of disk and store there were.</summary>
    public int Changes => Volatile.Read(ref _changes);

    /// <summary>Makes it crash instead of making a change.</summary>
    /// <param name="change">The number of the change that is not made, from 1.</param>
    public void CrashAt(int change) => _crashAt = change;

    /// <summary>The host goes down now.</summary>
    public void End() => _isDown = true;

    /// <summary>Before something is read.</summary>
    public void BeforeRead()
    {
        if (_isDown)
        {
            throw new HostCrashedException();
        }
    }

    /// <summary>Before something is changed.</summary>
    public void BeforeChange()
    {
        BeforeRead();
        if (Interlocked.Increment(ref _changes) >= _crashAt)
        {
            _isDown = true;
            throw new HostCrashedException();
        }
    }
}
