using ScaleMs.Core.Digests;

namespace ScaleMs.Store.Journal;

/// <summary>Folds one segment's lines into the contents, and decides at its end which of its blobs are in doubt.</summary>
/// <param name="contents">What is folded into.</param>
internal sealed class SegmentFold(JournalContents contents)
{
    private readonly List<Digest> _sinceMark = [];
    private bool _isClosed;

    public void Take(JournalEntry entry)
    {
        contents.Lines++;
        contents.TailLines++;
        switch (entry)
        {
            case JournalEntry.Fact fact:
                contents.State.Apply(fact.Record);
                break;
            case JournalEntry.Blob blob:
                contents.Know(blob.Known);
                _sinceMark.Add(blob.Known.Digest);
                break;
            case JournalEntry.Synced:
                _sinceMark.Clear();
                break;
            case JournalEntry.Closed:
                _isClosed = true;
                break;
        }
    }

    /// <summary>
    /// Blobs since the last sync mark of a segment that was not closed: after a kill the kernel still has their bytes, after a loss of
    /// power nobody knows. What is forgotten here is hashed at its first use.
    /// </summary>
    public void Finish(bool isSameBoot)
    {
        foreach (var digest in _isClosed ? [] : _sinceMark)
        {
            if (isSameBoot)
            {
                contents.Unsynced.Add(digest);
            }
            else
            {
                contents.Forget(digest);
            }
        }
    }
}
