using ScaleMs.Core.Digests;
using ScaleMs.Core.Records;
using ScaleMs.Store.Journal;
using ScaleMs.Store.Layout;

namespace ScaleMs.Store.Maintenance;

/// <summary>What the newest segment and those after it say: a run that goes on writes nowhere else.</summary>
/// <param name="layout">The store.</param>
internal sealed class LiveTail(StoreLayout layout)
{
    private readonly Dictionary<SegmentName, long> _read = [];

    /// <summary>The epoch of the segment that was the newest at the first reading; -1 before it.</summary>
    public long First { get; private set; } = -1;

    /// <summary>Blobs that the run put, found or named.</summary>
    public HashSet<Digest> Blobs { get; } = [];

    /// <summary>Attempts that it began.</summary>
    public HashSet<string> Attempts { get; } = new(StringComparer.Ordinal);

    /// <summary>Reads what is new.</summary>
    /// <returns>False when a compaction replaced the journal: everything is to be read anew.</returns>
    public bool TryRefresh()
    {
        try
        {
            var names = JournalFolder.Active(layout.Journal).Select(segment => segment.Name).ToList();
            First = First < 0 ? names.LastOrDefault()?.Epoch ?? 0 : First;
            if (_read.Keys.Except(names).Any() || names.Any(name => name.IsBase && name.Epoch > First))
            {
                return false;
            }

            foreach (var name in names.Where(name => name.Epoch >= First))
            {
                var path = Path.Combine(layout.Journal, name.ToString());
                _read[name] = SegmentReader.Read(path, _read.GetValueOrDefault(name), Take).End;
            }

            return true;
        }
        catch (FileNotFoundException)
        {
            return false;
        }
    }

    private void Take(JournalEntry entry)
    {
        switch (entry)
        {
            case JournalEntry.Blob blob:
                Blobs.Add(blob.Known.Digest);
                break;
            case JournalEntry.Fact { Record: ActionResult result }:
                Blobs.UnionWith(BlobUses.Named(result));
                break;
            case JournalEntry.Fact { Record: PublishedRecord published }:
                Blobs.Add(published.Bytes);
                break;
            case JournalEntry.Fact { Record: IntentRecord intent }:
                Attempts.Add(DeadAttempts.NameOf(intent));
                break;
        }
    }
}
