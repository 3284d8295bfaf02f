namespace ScaleMs.Store.Disk;

/// <summary>Removes files and trees, never what a link points to.</summary>
internal static class TreeRemover
{
    private const UnixFileMode OwnerAll = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;

    public static void Remove(string path)
    {
        if (StatReader.Read(path, followLinks: false) is not { } stat)
        {
            return;
        }

        if (!stat.IsDirectory)
        {
            RemoveFile(path);
            return;
        }

        try
        {
            Directory.Delete(path, recursive: true);
        }
        catch (DirectoryNotFoundException) when (StatReader.Read(path, followLinks: false) is null)
        {
            // Somebody else removed it meanwhile: what was asked for is so.
        }
        catch (Exception cause) when (DiskErrors.IsDiskError(cause))
        {
            // Told as not found too: a folder in it whose name is not UTF-8.
            MakeWritable(new DirectoryInfo(path));
            RemoveOnceMore(path);
        }
    }

    private static void RemoveOnceMore(string path)
    {
        if (OperatingSystem.IsLinux())
        {
            NativeTree.Remove(path);
        }
        else
        {
            Directory.Delete(path, recursive: true);
        }
    }

    private static void RemoveFile(string path)
    {
        if (OperatingSystem.IsWindows())
        {
            File.SetAttributes(path, FileAttributes.Normal);
        }

        File.Delete(path);
    }

    // On POSIX the folder's mode decides whether an entry can go; on Windows the file's own attribute does.
    private static void MakeWritable(DirectoryInfo folder)
    {
        if (!OperatingSystem.IsWindows())
        {
            folder.UnixFileMode |= OwnerAll;
        }

        foreach (var entry in folder.EnumerateFileSystemInfos())
        {
            if (!entry.Exists || entry.LinkTarget is not null)
            {
                continue;
            }

            if (entry is DirectoryInfo child)
            {
                MakeWritable(child);
            }
            else if (OperatingSystem.IsWindows())
            {
                entry.Attributes = FileAttributes.Normal;
            }
        }
    }
}
