using ScaleMs.Core.Ports;
using ScaleMs.Core.Records;
using ScaleMs.Store.Journal;
using ScaleMs.Store.Layout;

namespace ScaleMs.Store.Database;

/// <summary>Reads the journal's records from a position on, for databases that keep theirs elsewhere.</summary>
/// <remarks>Takes no lock. A line that is just being written is left for the next time.</remarks>
/// <param name="workspace">The workspace's folder.</param>
/// <param name="directoryName">The store's folder, as <see cref="OpenOptions.DirectoryName"/>.</param>
public sealed class JournalFollower(string workspace, string directoryName = OpenOptions.DefaultDirectoryName)
{
    private readonly StoreLayout _layout = StoreLayout.Of(workspace, directoryName);

    /// <summary>Whether what was read up to a position still is the front of the journal.</summary>
    /// <param name="position">Where an earlier reading ended.</param>
    /// <returns>False when a compaction replaced it or the journal is another one: forget everything and read from the start.</returns>
    /// <exception cref="StoreException">The journal cannot be read.</exception>
    public bool CanContinue(JournalPosition position)
    {
        StoreFormat.Check(_layout);
        return position == JournalPosition.Start || Active().Any(segment => segment.Name.Epoch == position.Epoch && segment.Length >= position.Offset);
    }

    /// <summary>Reads the records after a position, in order.</summary>
    /// <param name="position">Where to begin; <see cref="CanContinue"/> said yes to it.</param>
    /// <param name="take">Gets each record.</param>
    /// <returns>Where the reading ended.</returns>
    /// <exception cref="StoreException">The journal cannot be read, or was replaced meanwhile: begin again.</exception>
    public JournalPosition Read(JournalPosition position, Action<StoreRecord> take)
    {
        foreach (var segment in Active().Where(segment => segment.Name.Epoch >= position.Epoch))
        {
            var offset = segment.Name.Epoch == position.Epoch ? position.Offset : 0;
            position = new JournalPosition(segment.Name.Epoch, ReadSegment(segment.Name, offset, take));
        }

        return position;
    }

    private long ReadSegment(SegmentName name, long offset, Action<StoreRecord> take)
    {
        var path = Path.Combine(_layout.Journal, name.ToString());
        try
        {
            return SegmentReader.Read(path, offset, entry => Take(entry, take)).End;
        }
        catch (FileNotFoundException cause)
        {
            throw new StoreException($"'{path}' was replaced while it was read: ask again", cause);
        }
    }

    private static void Take(JournalEntry entry, Action<StoreRecord> take)
    {
        if (entry is JournalEntry.Fact fact)
        {
            take(fact.Record);
        }
    }

    private IReadOnlyList<SegmentFile> Active()
    {
        try
        {
            return JournalFolder.Active(_layout.Journal);
        }
        catch (FileNotFoundException)
        {
            // Deleted by a compaction between listing and looking: its base is there now.
            return JournalFolder.Active(_layout.Journal);
        }
    }
}
