using ScaleMs.Core.Digests;
using ScaleMs.Core.Records;

namespace ScaleMs.Store.Journal;

/// <summary>What the journal says, folded: the engine's state, what is known of blobs, and how far it was read.</summary>
internal sealed class JournalContents
{
    // There are as many as steps: the digest is there once.
    private readonly Dictionary<Digest, Stamp> _blobs = [];

    public StoreState State { get; } = new();

    /// <summary>The stat tuple of each blob whose bytes were right when it was taken.</summary>
    public IEnumerable<BlobFact> Blobs => _blobs.Select(blob => blob.Value.FactOf(blob.Key));

    public int BlobCount => _blobs.Count;

    /// <summary>Blobs that a killed process put since its last sync: right as long as the machine stays up, in doubt after the next boot.</summary>
    public HashSet<Digest> Unsynced { get; } = [];

    /// <summary>How much of each segment was taken, in order.</summary>
    public List<SegmentFile> Segments { get; } = [];

    /// <summary>Lines taken, those of the index included.</summary>
    public long Lines { get; set; }

    /// <summary>Lines that the index does not hold.</summary>
    public long TailLines { get; set; }

    /// <summary>Bytes of the journal that were read because the index does not hold them, or were written since.</summary>
    public long TailBytes { get; set; }

    /// <summary>Damage passed over.</summary>
    public List<JournalDamage> Damage { get; } = [];

    /// <summary>Segments whose last line a crash cut off.</summary>
    public int TornTails { get; set; }

    public JournalPosition End => Segments.Count == 0 ? JournalPosition.Start : new(Segments[^1].Name.Epoch, Segments[^1].Length);

    /// <summary>Makes room for so many blobs.</summary>
    public void Expect(int blobs) => _blobs.EnsureCapacity(blobs);

    public BlobFact? FindBlob(Digest digest) => _blobs.TryGetValue(digest, out var stamp) ? stamp.FactOf(digest) : null;

    public void Know(BlobFact fact)
    {
        _blobs[fact.Digest] = new Stamp(fact.Length, fact.Inode, fact.ModifiedNs, fact.ChangedNs);
        Unsynced.Remove(fact.Digest);
    }

    public void Forget(Digest digest)
    {
        _blobs.Remove(digest);
        Unsynced.Remove(digest);
    }

    private readonly record struct Stamp(long Length, ulong Inode, long ModifiedNs, long ChangedNs)
    {
        public BlobFact FactOf(Digest digest) => new(digest, Length, Inode, ModifiedNs, ChangedNs);
    }
}
