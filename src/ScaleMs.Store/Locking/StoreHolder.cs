using ScaleMs.Store.Layout;

namespace ScaleMs.Store.Locking;

/// <summary>The process that holds a store, as far as a reader can tell without touching the lock.</summary>
/// <param name="Host">Its machine's name.</param>
/// <param name="Pid">Its number there.</param>
/// <param name="Since">When it began, by that machine's clock.</param>
/// <param name="Command">Its command line.</param>
/// <param name="IsHere">Whether it certainly lives, on this machine; one of another machine or container may have ended.</param>
public sealed record StoreHolder(string Host, int Pid, DateTimeOffset Since, string Command, bool IsHere)
{
    /// <summary>Finds the holder of a store.</summary>
    /// <param name="workspace">The workspace's folder.</param>
    /// <param name="options">Where the store is, and who asks; null for the usual place.</param>
    /// <returns>The holder; null when nobody holds it.</returns>
    public static StoreHolder? Find(string workspace, OpenOptions? options = null)
    {
        var asking = options ?? new OpenOptions();
        return RunningOwner.Find(StoreLayout.Of(workspace, asking.DirectoryName), asking) is { } owner
            ? new StoreHolder(owner.Host, owner.Pid, owner.Started, owner.Command, owner.Host == asking.HostName && owner.BootId == asking.BootId && (owner.ProcessSpace.Length == 0 || owner.ProcessSpace == RunningProcess.Space))
            : null;
    }
}
