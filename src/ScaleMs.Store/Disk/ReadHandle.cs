using Microsoft.Win32.SafeHandles;

namespace ScaleMs.Store.Disk;

/// <summary>Opens files for reading without a lock.</summary>
internal static class ReadHandle
{
    /// <summary>Opens a file to be read from front to back.</summary>
    /// <remarks>
    /// .NET takes a shared <c>flock</c> on whatever it opens and refuses a file that another program has locked;
    /// hashing must neither disturb a tool that locks its own output nor be refused by it.
    /// </remarks>
    public static SafeFileHandle Open(string path)
    {
        if (!OperatingSystem.IsLinux())
        {
            return File.OpenHandle(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, FileOptions.SequentialScan);
        }

        // Not to wait for the writer of a FIFO that took the file's place; for files it means nothing.
        var descriptor = Libc.Open(path, Libc.OpenReadOnly | Libc.OpenNonBlocking | Libc.OpenCloseOnExec);
        if (descriptor < 0)
        {
            throw DiskErrors.LastError();
        }

        var handle = new SafeFileHandle(descriptor, ownsHandle: true);
        _ = Libc.Advise(handle, 0, 0, Libc.AdviseSequential);
        return handle;
    }

    /// <summary>Opens a file to be written over from its beginning; Linux only.</summary>
    /// <returns>Null when it is not there or may not be written.</returns>
    public static SafeFileHandle? OpenToOverwrite(string path)
    {
        var descriptor = Libc.Open(path, Libc.OpenWriteOnly | Libc.OpenNonBlocking | Libc.OpenCloseOnExec);
        return descriptor < 0 ? null : new SafeFileHandle(descriptor, ownsHandle: true);
    }

    /// <summary>Opens a folder, to flush it or to look at paths relative to it; Linux only.</summary>
    public static SafeFileHandle OpenFolder(string path)
    {
        return Owned(Libc.Open(path, Libc.OpenReadOnly | Libc.OpenDirectory | Libc.OpenCloseOnExec));
    }

    /// <summary>A descriptor that was just opened; below 0 it was not.</summary>
    public static SafeFileHandle Owned(int descriptor) =>
        descriptor < 0 ? throw DiskErrors.LastError() : new SafeFileHandle(descriptor, ownsHandle: true);
}
