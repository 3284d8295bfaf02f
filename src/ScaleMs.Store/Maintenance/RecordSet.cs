using System.Buffers;
using ScaleMs.Core.Digests;
using ScaleMs.Core.Records;
using ScaleMs.Store.Journal;

namespace ScaleMs.Store.Maintenance;

/// <summary>The records of a state by value: records hold lists, which compare by reference.</summary>
internal static class RecordSet
{
    /// <summary>The digest of every record, sorted.</summary>
    public static IReadOnlyList<Digest> Of(StoreState state)
    {
        var payload = new ArrayBufferWriter<byte>();
        var digests = new List<Digest>(state.Count);
        foreach (var record in state.Snapshot())
        {
            payload.ResetWrittenCount();
            // Components are in the journal only, so they cannot differ.
            EntryCodec.Write(new JournalEntry.Fact(record is ActionResult result ? result with { Components = [] } : record), payload);
            digests.Add(Digest.Of(payload.WrittenSpan));
        }

        digests.Sort();
        return digests;
    }
}
