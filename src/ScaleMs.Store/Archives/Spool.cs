using ScaleMs.Store.Disk;

namespace ScaleMs.Store.Archives;

/// <summary>Keeps bytes that come only once, to be read back and forth: a zip file tells at its end what is in it.</summary>
internal static class Spool
{
    /// <summary>Reads a stream to its end into a file for this user alone; its name is gone at once, so a killed run leaves nothing.</summary>
    /// <exception cref="Core.Ports.StoreException">The folder takes no more; it is not that of the archive, so the sentence names it.</exception>
    public static FileStream Of(Stream source, string folder) => DiskErrors.Guard("unpack a zip file in", folder, () =>
    {
        var path = Path.Combine(folder, $"scalems-{Guid.NewGuid():N}.tmp");
        var spool = new FileStream(path, Options());
        try
        {
            File.Delete(path);
            source.CopyTo(spool);
            spool.Position = 0;
            return spool;
        }
        catch
        {
            spool.Dispose();
            throw;
        }
    });

    private static FileStreamOptions Options()
    {
        var options = new FileStreamOptions
        {
            Mode = FileMode.CreateNew,
            Access = FileAccess.ReadWrite,
            Share = FileShare.Delete,
            Options = FileOptions.DeleteOnClose,
            BufferSize = 1 << 16,
        };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        return options;
    }
}
