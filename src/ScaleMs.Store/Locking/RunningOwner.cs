using ScaleMs.Store.Layout;

namespace ScaleMs.Store.Locking;

/// <summary>Tells whether a run is going on without touching the lock: whoever only reads must not make a run's start fail.</summary>
internal static class RunningOwner
{
    /// <summary>Who holds the store as far as a reader can tell; null for nobody.</summary>
    public static Owner? Find(StoreLayout layout, OpenOptions options) =>
        Owner.TryRead(layout) is { } owner && MayLive(owner, options) ? owner : null;

    /// <summary>Whether the one that wrote its name into the store has certainly ended.</summary>
    public static bool IsGone(StoreLayout layout, OpenOptions options) => Owner.TryRead(layout) is { } owner && !MayLive(owner, options);

    /// <summary>Of a process of another machine or container nothing can be known: it may live.</summary>
    private static bool MayLive(Owner owner, OpenOptions options) =>
        owner.Host != options.HostName || (owner.BootId == options.BootId && (IsOfAnotherSpace(owner) || Lives(owner)));

    /// <summary>Older versions did not say.</summary>
    private static bool IsOfAnotherSpace(Owner owner) => owner.ProcessSpace.Length > 0 && owner.ProcessSpace != RunningProcess.Space;

    private static bool Lives(Owner owner) =>
        RunningProcess.StartTicks(owner.Pid) is { } ticks && (owner.StartTicks == 0 || ticks == owner.StartTicks);
}
