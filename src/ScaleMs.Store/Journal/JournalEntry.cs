using ScaleMs.Core.Records;

namespace ScaleMs.Store.Journal;

/// <summary>What a line of the journal holds: a record of the engine's, or a note of the store's own.</summary>
internal abstract record JournalEntry
{
    private JournalEntry()
    {
    }

    /// <summary>A record that the state folds.</summary>
    internal sealed record Fact(StoreRecord Record) : JournalEntry;

    /// <summary>The first line of a segment: who writes it, for people and for <c>doctor</c>.</summary>
    internal sealed record Opened(int Format, long Epoch, string Host, string BootId, int Pid, DateTimeOffset At) : JournalEntry;

    /// <summary>A blob was put or verified.</summary>
    internal sealed record Blob(BlobFact Known) : JournalEntry;

    /// <summary>Every blob that a line before this one tells of survives a loss of power; so do the lines, but for those written while the disk was flushing.</summary>
    internal sealed record Synced(DateTimeOffset At) : JournalEntry;

    /// <summary>The writer ended in good order.</summary>
    internal sealed record Closed(DateTimeOffset At) : JournalEntry;
}
