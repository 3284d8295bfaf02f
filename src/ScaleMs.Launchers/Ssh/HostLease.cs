namespace ScaleMs.Launchers.Ssh;

/// <summary>Slots on a host, until it is disposed.</summary>
internal sealed class HostLease(HostQueue queue, RemoteHost host, int index, int slots) : IDisposable
{
    /// <summary>The host.</summary>
    internal RemoteHost Host => host;

    /// <summary>Its index.</summary>
    internal int Index => index;

    /// <inheritdoc/>
    public void Dispose() => queue.Release(index, slots);
}
