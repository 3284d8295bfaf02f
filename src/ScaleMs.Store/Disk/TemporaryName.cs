using System.Security.Cryptography;
using System.Text;

namespace ScaleMs.Store.Disk;

/// <summary>Names for files that are written aside and renamed into place.</summary>
internal static class TemporaryName
{
    public const string Prefix = ".scalems-";

    public const string Extension = ".tmp";

    /// <summary>A name that nobody else uses, in the folder of the file it will become: a rename never crosses file systems.</summary>
    public static string Beside(string target) =>
        Path.Combine(Path.GetDirectoryName(target) ?? string.Empty, $"{Prefix}{Guid.NewGuid():N}{Extension}");

    /// <summary>The one name under which a file is copied before it is named: what a killed copy left there goes with the next one.</summary>
    public static string OfCopy(string target)
    {
        // Not the target's own name with something added: that may already be as long as names can be.
        var name = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(Path.GetFileName(target))).AsSpan(0, 16));
        return Path.Combine(Path.GetDirectoryName(target) ?? string.Empty, $".scalems-{name}.tmp");
    }

    /// <summary>Removes what killed processes left in a folder; only for whoever alone may write there.</summary>
    public static void Sweep(string folder)
    {
        foreach (var left in Directory.EnumerateFiles(folder, ".scalems-*.tmp"))
        {
            TryDelete(left);
        }
    }

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
