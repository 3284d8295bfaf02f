using ScaleMs.Store.Disk;

namespace ScaleMs.Store.Cache;

/// <summary>Makes folders with the mode of the cache's root, whatever the umask: who may write to the root may write to all of it.</summary>
/// <param name="layout">The cache.</param>
internal sealed class CacheFolders(CacheLayout layout)
{
    public void Ensure(string folder)
    {
        if (Directory.Exists(folder))
        {
            return;
        }

        var parent = Path.GetDirectoryName(folder)!;
        if (parent.Length > layout.Root.Length)
        {
            Ensure(parent);
        }

        Make(folder);
    }

    // Under another name first: nobody may find the folder while its mode still keeps the group out.
    private void Make(string folder)
    {
        var made = TemporaryName.Beside(folder);
        Directory.CreateDirectory(made);
        try
        {
            if (!OperatingSystem.IsWindows())
            {
                File.SetUnixFileMode(made, File.GetUnixFileMode(layout.Root));
            }

            Mover.Move(made, folder);
        }
        catch (Exception cause) when (DiskErrors.IsDiskError(cause))
        {
            Directory.Delete(made);
            if (!Directory.Exists(folder))
            {
                throw;
            }
        }
    }
}
