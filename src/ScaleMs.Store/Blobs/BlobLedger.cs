using ScaleMs.Core.Digests;
using ScaleMs.Store.Journal;

namespace ScaleMs.Store.Blobs;

/// <summary>What this process knows of blobs: under which stat tuple each was right, what the journal does not say yet, what is not flushed yet.</summary>
/// <remarks>Thread-safe. Never touches the disk.</remarks>
/// <param name="contents">The loaded journal, whose blob facts go on living here.</param>
internal sealed class BlobLedger(JournalContents contents)
{
    private readonly Lock _gate = new();
    private readonly HashSet<Digest> _unflushed = [.. contents.Unsynced];
    private readonly List<BlobFact> _untold = [];

    public BlobFact? Find(Digest digest)
    {
        lock (_gate)
        {
            return contents.FindBlob(digest);
        }
    }

    /// <summary>A blob was written; its fact follows when it can be trusted.</summary>
    public void Wrote(Digest digest)
    {
        lock (_gate)
        {
            contents.Forget(digest);
            _unflushed.Add(digest);
        }
    }

    /// <summary>A blob is right under this stat tuple; of one that an earlier process left nobody knows whether the disk has it, or only the system's memory.</summary>
    public void Know(BlobFact fact)
    {
        lock (_gate)
        {
            contents.Know(fact);
            _unflushed.Add(fact.Digest);
            _untold.Add(fact);
        }
    }

    public void Forget(Digest digest)
    {
        lock (_gate)
        {
            contents.Forget(digest);
            _unflushed.Remove(digest);
        }
    }

    /// <summary>Facts that the journal does not have.</summary>
    public IReadOnlyList<BlobFact> Untold()
    {
        lock (_gate)
        {
            return [.. _untold];
        }
    }

    /// <summary>The journal has the oldest of them now.</summary>
    public void Told(int count)
    {
        lock (_gate)
        {
            _untold.RemoveRange(0, count);
        }
    }

    /// <summary>Blobs that a loss of power could take: the caller flushes them. One that is written anew meanwhile is another file, and here again.</summary>
    public IReadOnlyList<Digest> TakeUnflushed()
    {
        lock (_gate)
        {
            Digest[] digests = [.. _unflushed];
            _unflushed.Clear();
            return digests;
        }
    }
}
