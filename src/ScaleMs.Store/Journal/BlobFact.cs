using ScaleMs.Core.Digests;
using ScaleMs.Core.Records;

namespace ScaleMs.Store.Journal;

/// <summary>The stat tuple under which a blob's bytes were known to be right. While it stays the same nobody has written to the blob.</summary>
/// <remarks>
/// The device number is left out: it changes between mounts, and inode and change time together already tell. The mode is left out
/// because changing it moves the change time.
/// </remarks>
/// <param name="Digest">The blob.</param>
/// <param name="Length">The length in bytes.</param>
/// <param name="Inode">The inode number.</param>
/// <param name="ModifiedNs">Modification time in nanoseconds since 1970.</param>
/// <param name="ChangedNs">Status change time in nanoseconds since 1970.</param>
internal readonly record struct BlobFact(Digest Digest, long Length, ulong Inode, long ModifiedNs, long ChangedNs)
{
    public static BlobFact Of(Digest digest, in FileStat stat) => new(digest, stat.Length, stat.Inode, stat.ModifiedNs, stat.ChangedNs);

    public bool Matches(in FileStat stat) => stat.IsFile && this == Of(Digest, stat);
}
