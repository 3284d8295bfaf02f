using System.Diagnostics;
using ScaleMs.Store.Layout;
using ScaleMs.Store.Locking;

namespace ScaleMs.Store.Maintenance;

/// <summary>Tells whether a run is going on without touching the lock: whoever only reads must not make a run's start fail.</summary>
internal static class RunningOwner
{
    /// <summary>Clocks and rounding: a process's start is told in hundredths of a second.</summary>
    private static readonly TimeSpan SameStart = TimeSpan.FromSeconds(2);

    /// <summary>Who holds the store as far as a reader can tell; null for nobody.</summary>
    public static Owner? Find(StoreLayout layout, OpenOptions options) =>
        Owner.TryRead(layout) is { } owner && MayLive(owner, options) ? owner : null;

    /// <summary>Of another machine's process nothing can be known: it may live.</summary>
    private static bool MayLive(Owner owner, OpenOptions options) =>
        owner.Host != options.HostName || (owner.BootId == options.BootId && Lives(owner));

    private static bool Lives(Owner owner)
    {
        try
        {
            using var process = Process.GetProcessById(owner.Pid);
            return (process.StartTime.ToUniversalTime() - owner.Started.UtcDateTime).Duration() < SameStart;
        }
        catch (Exception cause) when (cause is ArgumentException or InvalidOperationException or System.ComponentModel.Win32Exception)
        {
            return false;
        }
    }
}
