using System.Diagnostics;
using ScaleMs.Core.Ports;
using ScaleMs.Store.Disk;
using ScaleMs.Store.Layout;

namespace ScaleMs.Store.Locking;

/// <summary>The right to write: an advisory lock that the kernel takes back when the process ends, however it ends.</summary>
/// <remarks>The lock file is never deleted: a lock on a deleted file excludes nobody.</remarks>
internal sealed class StoreLock : IDisposable
{
    /// <summary>Long enough for a process that is just closing, and for one that has the lock but not yet written its name.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromMilliseconds(50);

    /// <summary>A command that a killed process was just starting has its files until it runs its own program, which a busy machine may delay.</summary>
    private static readonly TimeSpan PatienceWithTheDead = TimeSpan.FromSeconds(10);

    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(10);

    private readonly StoreLayout _layout;
    private readonly FileStream _file;

    private StoreLock(StoreLayout layout, FileStream file)
    {
        _layout = layout;
        _file = file;
    }

    /// <summary>Takes the lock, says who took it, and sees to it that what is to be written to has the present format.</summary>
    /// <exception cref="StoreInUseException">Another process, or this one, has it.</exception>
    /// <exception cref="StoreException">The format is newer, or an upgrade failed.</exception>
    public static StoreLock Take(StoreLayout layout, OpenOptions options)
    {
        var file = TryTake(layout, options) ?? throw InUse(layout);
        var taken = new StoreLock(layout, file);
        try
        {
            Owner.Of(options).Write(layout);
            StoreUpgrade.Run(layout, options.Upgrades);
            return taken;
        }
        catch
        {
            taken.Dispose();
            throw;
        }
    }

    public void Dispose()
    {
        // Named first, released last: nobody may read our name after the next one wrote his.
        TemporaryName.TryDelete(_layout.OwnerFile);
        _file.Dispose();
    }

    private static FileStream? TryTake(StoreLayout layout, OpenOptions options)
    {
        var start = Stopwatch.GetTimestamp();
        var file = FileLock.TryTake(layout.LockFile);
        while (file is null && Stopwatch.GetElapsedTime(start) < (RunningOwner.IsGone(layout, options) ? PatienceWithTheDead : Patience))
        {
            Thread.Sleep(Pause);
            file = FileLock.TryTake(layout.LockFile);
        }

        return file;
    }

    private static StoreInUseException InUse(StoreLayout layout)
    {
        var who = Owner.TryRead(layout)?.ToString() ?? "a process that has not written its name yet";
        return new StoreInUseException(
            $"the store '{layout.Root}' is in use by {who}{Environment.NewLine}" +
            "Wait for it to end, or end it: 'scalems status' tells how far a run is, 'scalems attach' follows it, 'scalems cancel' ends it. The lock goes away by itself with that process, also when it is killed: never delete anything for it.");
    }
}
