namespace ScaleMs.Core.Ports;

/// <summary>Names of the instants at which a kill would hurt most; whoever opens a store or starts a run may be told when one is reached.</summary>
/// <remarks>Nothing in the product listens. Fault injection does, and ends the process there.</remarks>
public static class CrashPoint
{
    /// <summary>A step is about to run and the journal does not say so yet.</summary>
    public const string BeforeIntent = "before-intent";

    /// <summary>The intent is committed and nothing is launched.</summary>
    public const string AfterIntent = "after-intent";

    /// <summary>A former attempt's directory is emptied and has the name of the one that begins.</summary>
    public const string Recycled = "recycled";

    /// <summary>The commands run.</summary>
    public const string AfterLaunch = "after-launch";

    /// <summary>The commands have ended well and their outputs are only in the private directory.</summary>
    public const string BeforeCollect = "before-collect";

    /// <summary>The outputs are blobs and no record names them.</summary>
    public const string BetweenBlobAndRecord = "between-blob-and-record";

    /// <summary>The result is committed and nothing is published.</summary>
    public const string AfterRecord = "after-record";

    /// <summary>One of a step's files is published, the manifest names none of them.</summary>
    public const string MidPublish = "mid-publish";

    /// <summary>All of a step's files are published and the manifest names none of them.</summary>
    public const string BeforeManifest = "before-manifest";

    /// <summary>The manifest names what is published, and nobody was told.</summary>
    public const string AfterManifest = "after-manifest";

    /// <summary>Bytes have their name in the store, and its ledger does not know them.</summary>
    public const string BlobPlaced = "blob-placed";

    /// <summary>Blobs and journal are about to be flushed, beside what the store does or at its end.</summary>
    public const string BeforeFlush = "before-flush";

    /// <summary>Everything is flushed, and the journal has no close mark.</summary>
    public const string BeforeClosed = "before-closed";

    /// <summary>The journal has its close mark; index and compaction are still to come.</summary>
    public const string AfterClosed = "after-closed";

    /// <summary>The rewritten journal is whole under a temporary name.</summary>
    public const string BaseWritten = "base-written";

    /// <summary>The rewritten journal has its name; the index is of the old one, and old segments are still there.</summary>
    public const string BaseNamed = "base-named";

    /// <summary>The new index is whole under a temporary name.</summary>
    public const string IndexWritten = "index-written";

    /// <summary>The index is replaced, and old segments are still there.</summary>
    public const string IndexNamed = "index-named";

    /// <summary>Some old segments are deleted and others are not.</summary>
    public const string SegmentDeleted = "segment-deleted";

    /// <summary>Every name, in the order of a run.</summary>
    public static IReadOnlyList<string> All { get; } =
    [
        BeforeIntent, AfterIntent, Recycled, AfterLaunch, BeforeCollect, BlobPlaced, BetweenBlobAndRecord, AfterRecord, MidPublish,
        BeforeManifest, AfterManifest, BeforeFlush, BeforeClosed, AfterClosed, BaseWritten, BaseNamed, IndexWritten, IndexNamed, SegmentDeleted,
    ];
}
