namespace ScaleMs.Store.Disk;

/// <summary>Writes files that only this user may read.</summary>
internal static class PrivateFile
{
    private const UnixFileMode OwnersFile = UnixFileMode.UserRead | UnixFileMode.UserWrite;
    private const UnixFileMode OwnersDirectory = OwnersFile | UnixFileMode.UserExecute;

    /// <summary>Writes a file that is not there, in a directory that nobody else may enter.</summary>
    /// <param name="path">The file.</param>
    /// <param name="bytes">What it holds.</param>
    public static void Write(string path, byte[] bytes) => DiskErrors.Guard("write", path, () =>
    {
        MakeDirectory(Path.GetDirectoryName(path)!);
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = OwnersFile;
        }

        using var file = new FileStream(path, options);
        file.Write(bytes);
    });

    /// <summary>Where others may make directories too, one of theirs must not be taken for ours.</summary>
    private static void MakeDirectory(string directory)
    {
        if (OperatingSystem.IsWindows())
        {
            Directory.CreateDirectory(directory);
            return;
        }

        Directory.CreateDirectory(directory, OwnersDirectory);
        File.SetUnixFileMode(directory, OwnersDirectory); // refused when it is another user's
    }
}
