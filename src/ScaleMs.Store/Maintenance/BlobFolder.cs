using ScaleMs.Core.Digests;
using ScaleMs.Store.Layout;

namespace ScaleMs.Store.Maintenance;

/// <summary>A file that stands where a blob would.</summary>
/// <param name="Digest">What its bytes should be.</param>
/// <param name="Path">Where it is, absolute.</param>
internal readonly record struct BlobFile(Digest Digest, string Path);

/// <summary>Lists the blobs that are there. Looks at names only.</summary>
internal static class BlobFolder
{
    /// <summary>The files that are named as blobs are.</summary>
    public static IEnumerable<BlobFile> Blobs(StoreLayout layout) =>
        Files(layout).SelectMany(path => TryParse(path, out var blob) ? [blob] : Array.Empty<BlobFile>());

    /// <summary>The files that are not.</summary>
    public static IEnumerable<string> Strays(StoreLayout layout) => Files(layout).Where(path => !TryParse(path, out _));

    private static IEnumerable<string> Files(StoreLayout layout) =>
        Directory.Exists(layout.Blobs) ? Directory.EnumerateFiles(layout.Blobs, "*", SearchOption.AllDirectories) : [];

    /// <summary>Reads a path as a blob's.</summary>
    public static bool TryParse(string path, out BlobFile blob)
    {
        var folder = Path.GetFileName(Path.GetDirectoryName(path));
        var isBlob = Digest.TryParse($"sha256:{folder}{Path.GetFileName(path)}", out var digest) && folder!.Length == 2;
        blob = new BlobFile(digest, path);
        return isBlob;
    }
}
