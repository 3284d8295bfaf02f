namespace ScaleMs.Store.Disk;

/// <summary>Names for files that are written aside and renamed into place.</summary>
internal static class TemporaryName
{
    public const string Prefix = ".scalems-";

    public const string Extension = ".tmp";

    /// <summary>A name that nobody else uses, in the folder of the file it will become: a rename never crosses file systems.</summary>
    public static string Beside(string target) =>
        Path.Combine(Path.GetDirectoryName(target) ?? string.Empty, $"{Prefix}{Guid.NewGuid():N}{Extension}");

    public static void TryDelete(string path)
    {
        try
        {
            File.Delete(path);
        }
        catch (Exception cause) when (DiskErrors.IsDiskError(cause))
        {
            // Best effort after another error, which is the one to tell.
        }
    }
}
