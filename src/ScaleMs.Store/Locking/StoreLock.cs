using System.Runtime.InteropServices;
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

    private readonly StoreLayout _layout;
    private readonly FileStream _file;

    private StoreLock(StoreLayout layout, FileStream file)
    {
        _layout = layout;
        _file = file;
    }

    /// <summary>Takes the lock and says who took it.</summary>
    /// <exception cref="StoreInUseException">Another process, or this one, has it.</exception>
    public static StoreLock Take(StoreLayout layout, Owner owner)
    {
        var file = TryLock(layout);
        if (file is null)
        {
            Thread.Sleep(Patience);
            file = TryLock(layout) ?? throw InUse(layout);
        }

        var taken = new StoreLock(layout, file);
        try
        {
            owner.Write(layout);
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

    private static FileStream? TryLock(StoreLayout layout)
    {
        FileStream file;
        try
        {
            // On POSIX this is open and flock(LOCK_EX | LOCK_NB); on Windows a share mode that excludes everybody.
            file = new FileStream(layout.LockFile, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None, bufferSize: 0);
        }
        catch (IOException cause) when (IsSharingViolation(cause))
        {
            return null;
        }

        return HoldsLock(file, layout) ? file : null;
    }

    // .NET goes on without a lock where the file system has none, or where an environment variable switches locks off; so ask again.
    private static bool HoldsLock(FileStream file, StoreLayout layout)
    {
        if (OperatingSystem.IsWindows() || Libc.Lock(file.SafeFileHandle, Libc.LockExclusive | Libc.LockNonBlocking) == 0)
        {
            return true;
        }

        var errno = Marshal.GetLastPInvokeError();
        file.Dispose();
        return errno is not (Errno.WouldBlock or Errno.WouldBlockOnMac)
            ? throw new StoreException(
                $"the file system of '{layout.LockFile}' grants no locks ({Marshal.GetPInvokeErrorMessage(errno)}): " +
                "two runs could write to the store at once; put the store's folder on a local disk, or ask for the mount option that turns locks on")
            : false;
    }

    private static bool IsSharingViolation(IOException cause) => OperatingSystem.IsWindows()
        ? (cause.HResult & 0xFFFF) is 32 or 33
        : cause.HResult is Errno.WouldBlock or Errno.WouldBlockOnMac;

    private static StoreInUseException InUse(StoreLayout layout)
    {
        var who = Owner.TryRead(layout)?.ToString() ?? "a process that has not written its name yet";
        return new StoreInUseException(
            $"the store '{layout.Root}' is in use by {who}{Environment.NewLine}" +
            "Wait for it to end, or end it. The lock goes away by itself with that process, also when it is killed: never delete anything for it.");
    }
}
