using System.Security.Cryptography;

namespace Simulate;

/// <summary>Removes what the study made from a workspace, and nothing else.</summary>
/// <remarks>
/// A file goes only when its name is one of the study's and the store holds exactly its bytes: then a step made it. Links are left
/// alone. The journal stays, because the run that cleans is writing to it; a record without bytes makes the next run execute the
/// step again, and the history of runs is kept.
/// </remarks>
public static class Cleaning
{
    private static readonly EnumerationOptions WithoutLinks = new() { RecurseSubdirectories = true, AttributesToSkip = FileAttributes.ReparsePoint };

    /// <summary>Cleans a workspace.</summary>
    /// <param name="workspace">The directory that holds <c>results</c> and <c>.scalems</c>; absolute.</param>
    /// <returns>How many files were removed, and which are left because no step of the study made them as they are.</returns>
    public static (int Removed, IReadOnlyList<string> Kept) Clean(string workspace)
    {
        var results = Path.Combine(workspace, Results.Directory);
        var store = Path.Combine(workspace, ".scalems");
        var blobs = Path.Combine(store, "blobs", "sha256");
        var files = Directory.Exists(results) ? Directory.GetFiles(results, "*", WithoutLinks) : [];
        var byOrigin = files.Order(StringComparer.Ordinal).ToLookup(file => IsOurs(workspace, file, blobs));
        foreach (var file in byOrigin[true])
        {
            File.Delete(file);
            RemoveEmptyAbove(file, workspace);
        }

        Remove(blobs);
        Remove(Path.Combine(store, "work"));
        return (byOrigin[true].Count(), byOrigin[false].ToList());
    }

    private static bool IsOurs(string workspace, string file, string blobs)
    {
        if (!Results.IsName(Path.GetRelativePath(workspace, file).Replace('\\', '/')))
        {
            return false;
        }

        using var stream = File.OpenRead(file);
        var digest = Convert.ToHexStringLower(SHA256.HashData(stream));
        return File.Exists(Path.Combine(blobs, digest[..2], digest[2..]));
    }

    private static void RemoveEmptyAbove(string file, string workspace)
    {
        var directory = Path.GetDirectoryName(file)!;
        while (directory.Length > workspace.Length && !Directory.EnumerateFileSystemEntries(directory).Any())
        {
            Directory.Delete(directory);
            directory = Path.GetDirectoryName(directory)!;
        }
    }

    private static void Remove(string directory)
    {
        if (Directory.Exists(directory))
        {
            Directory.Delete(directory, recursive: true);
        }
    }
}
