using System.Runtime.InteropServices;
using ScaleMs.Core.Ports;
using ScaleMs.Store.Disk;

namespace ScaleMs.Store.Locking;

/// <summary>An advisory lock on a whole file that the kernel takes back when the process ends, however it ends.</summary>
internal static class FileLock
{
    /// <summary>Takes the lock without waiting.</summary>
    /// <param name="path">The lock file; made when it is not there, and never deleted.</param>
    /// <returns>The lock, held until it is disposed; null when somebody else has it.</returns>
    /// <exception cref="StoreException">The file system grants no locks.</exception>
    public static FileStream? TryTake(string path)
    {
        FileStream file;
        try
        {
            // On POSIX this is open and flock(LOCK_EX | LOCK_NB); on Windows a share mode that excludes everybody.
            file = new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None, bufferSize: 0);
        }
        catch (IOException cause) when (IsSharingViolation(cause))
        {
            return null;
        }

        return HoldsLock(file, path) ? file : null;
    }

    // .NET goes on without a lock where the file system has none, or where an environment variable switches locks off; so ask again.
    private static bool HoldsLock(FileStream file, string path)
    {
        if (OperatingSystem.IsWindows() || Libc.Lock(file.SafeFileHandle, Libc.LockExclusive | Libc.LockNonBlocking) == 0)
        {
            return true;
        }

        var errno = Marshal.GetLastPInvokeError();
        file.Dispose();
        return errno is not (Errno.WouldBlock or Errno.WouldBlockOnMac)
            ? throw new StoreException(
                $"the file system of '{path}' grants no locks ({Marshal.GetPInvokeErrorMessage(errno)}): " +
                "two runs could write to the store at once; put the store's folder on a local disk, or ask for the mount option that turns locks on")
            : false;
    }

    private static bool IsSharingViolation(IOException cause) => OperatingSystem.IsWindows()
        ? (cause.HResult & 0xFFFF) is 32 or 33
        : cause.HResult is Errno.WouldBlock or Errno.WouldBlockOnMac;
}
