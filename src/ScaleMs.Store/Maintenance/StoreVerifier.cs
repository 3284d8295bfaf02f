using ScaleMs.Core.Ports;
using ScaleMs.Store.Disk;
using ScaleMs.Store.Journal;
using ScaleMs.Store.Layout;
using ScaleMs.Store.Locking;

namespace ScaleMs.Store.Maintenance;

/// <summary>Checks everything that a store holds against everything else: the journal, the index, every blob's bytes, every reference.</summary>
/// <remarks>Takes no lock and writes nothing, so it works beside a run, on a read-only file system, and for a user who may only read.</remarks>
public static class StoreVerifier
{
    /// <summary>Verifies a store.</summary>
    /// <param name="workspace">The workspace's folder.</param>
    /// <param name="options">Where the store is; null for the usual place.</param>
    /// <returns>What was found.</returns>
    /// <exception cref="StoreMissingException">There is no store.</exception>
    /// <exception cref="StoreException">Its format is newer, or its folder cannot be read.</exception>
    public static VerifyReport Verify(string workspace, OpenOptions? options = null)
    {
        options ??= new OpenOptions();
        var layout = StorePlace.Of(workspace, options);
        return DiskErrors.Guard("read the store", layout.Root, () => Verify(workspace, layout, options).Report);
    }

    /// <summary>Verifies a store and puts right what can be put right: wrong blobs go to <c>damaged/</c>, the index is made again, the journal is
    /// rewritten without its damage (damaged segments are copied to <c>damaged/</c> first), and what killed processes left is removed.</summary>
    /// <param name="workspace">The workspace's folder.</param>
    /// <param name="options">Where the store is, and who asks; null for the usual place and this process.</param>
    /// <returns>What was found, each finding with whether it was put right.</returns>
    /// <exception cref="StoreMissingException">There is no store.</exception>
    /// <exception cref="StoreInUseException">A run goes on.</exception>
    /// <exception cref="StoreException">Its format is newer, or the disk refused.</exception>
    public static VerifyReport Repair(string workspace, OpenOptions? options = null)
    {
        options ??= new OpenOptions();
        var layout = StorePlace.Of(workspace, options);
        return DiskErrors.Guard("repair the store", layout.Root, () =>
        {
            using var taken = StoreLock.Take(layout, options);
            return new StoreRepair(layout, options).Repair(Verify(workspace, layout, options));
        });
    }

    internal static Verification Verify(string workspace, StoreLayout layout, OpenOptions options)
    {
        var owner = RunningOwner.Find(layout, options) is { } found && found != Owner.Of(options) ? found : null;
        var findings = new FindingList(layout);
        // The blobs are listed before the journal is read: what a run puts meanwhile is then no blob that nobody names.
        var blobs = BlobFolder.Blobs(layout).ToList();
        var contents = JournalCheck.Read(layout, options, findings, isBesideRun: owner is not null);
        var blobCheck = BlobCheck.Run(layout, blobs, findings);
        var published = contents is null ? PublishedCheck.Nothing : PublishedCheck.Run(workspace, contents.State, findings);
        if (contents is not null)
        {
            var wrong = blobCheck.Wrong.Select(blob => blob.Digest).ToHashSet();
            // What a run put since the blobs were listed was not hashed, but it is there.
            ReferenceCheck.Run(contents.State, digest => blobCheck.Right.Contains(digest) || (!wrong.Contains(digest) && File.Exists(layout.Blob(digest))), published, findings);
        }

        LeftoverCheck.Run(layout, contents?.State, owner is not null, findings);
        return new Verification(contents, blobCheck.Wrong, new VerifyReport
        {
            Store = layout.Root,
            Records = contents?.State.Count ?? 0,
            Blobs = blobCheck.Right.Count + blobCheck.Wrong.Count,
            BlobBytes = blobCheck.Bytes,
            Published = published.Looked,
            Beside = owner?.ToString(),
            Findings = findings.Ordered(),
        });
    }

    /// <summary>A report with what a repair needs besides.</summary>
    internal sealed record Verification(JournalContents? Contents, IReadOnlyList<BlobFile> Wrong, VerifyReport Report);
}
