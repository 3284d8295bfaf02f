using System.Collections.Concurrent;
using ScaleMs.Core.Digests;
using ScaleMs.Core.Ports;
using ScaleMs.Store.Disk;
using ScaleMs.Store.Layout;

namespace ScaleMs.Store.Maintenance;

/// <summary>Hashes every blob, on all cores.</summary>
/// <param name="Right">Blobs that hold what their name says.</param>
/// <param name="Wrong">Blobs that do not.</param>
/// <param name="Bytes">How many bytes were read.</param>
internal sealed record BlobCheck(IReadOnlySet<Digest> Right, IReadOnlyList<BlobFile> Wrong, long Bytes)
{
    private const string Advice = "'scalems verify --repair' moves it to damaged/; its step runs again when the bytes are demanded";

    public static BlobCheck Run(StoreLayout layout, IReadOnlyList<BlobFile> blobs, FindingList findings)
    {
        var disk = new PhysicalDisk();
        var right = new ConcurrentBag<Digest>();
        var wrong = new ConcurrentBag<BlobFile>();
        var bytes = 0L;
        Parallel.ForEach(blobs, blob =>
        {
            if (disk.Stat(blob.Path, followLinks: false) is not { } stat)
            {
                return;
            }

            Interlocked.Add(ref bytes, stat.Length);
            if (Problem(disk, blob, stat.IsFile) is not { } problem)
            {
                right.Add(blob.Digest);
            }
            else if (disk.Stat(blob.Path, followLinks: false) is not null)
            {
                wrong.Add(blob);
                findings.Damage(problem, blob.Path, Advice);
            }
        });

        foreach (var stray in BlobFolder.Strays(layout))
        {
            findings.Notice("this is no blob", stray, "it is not used; delete it or move it away");
        }

        return new BlobCheck(right.ToHashSet(), [.. wrong], bytes);
    }

    private static string? Problem(PhysicalDisk disk, BlobFile blob, bool isFile)
    {
        try
        {
            return isFile && disk.Hash(blob.Path, []).Bytes == blob.Digest ? null : "a blob does not hold what its name says";
        }
        catch (StoreException cause)
        {
            return $"a blob cannot be read: {cause.Message}";
        }
    }
}
