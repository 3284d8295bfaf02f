using ScaleMs.Core.Records;
using ScaleMs.Store.Disk;
using ScaleMs.Store.Journal;
using ScaleMs.Store.Layout;
using ScaleMs.Store.Snapshots;

namespace ScaleMs.Store.NullRuns;

/// <summary>The journal's files, where bytes may change without the length, and the mark of the format, as a run left them.</summary>
/// <param name="Format">The mark of the format; null when it could not be seen.</param>
/// <param name="Journal">The segments that count, in their order.</param>
internal sealed record StoreFiles(FileStat? Format, IReadOnlyList<StoreFiles.Segment> Journal)
{
    /// <summary>A segment of the journal.</summary>
    /// <param name="Name">Its file's name.</param>
    /// <param name="Length">How much of it the run knew, in bytes.</param>
    /// <param name="Stat">How its file looked.</param>
    internal sealed record Segment(string Name, long Length, FileStat? Stat);

    /// <summary>How they look now.</summary>
    /// <param name="layout">The store.</param>
    /// <param name="journal">The segments, as far as the run knew them.</param>
    /// <exception cref="IOException">The disk refused.</exception>
    public static StoreFiles Of(StoreLayout layout, IReadOnlyList<SegmentFile> journal)
    {
        var segments = new List<Segment>(journal.Count);
        foreach (var segment in journal)
        {
            var name = segment.Name.ToString();
            segments.Add(new Segment(name, segment.Length, StatReader.Read(Path.Combine(layout.Journal, name), followLinks: true)));
        }

        return new StoreFiles(StatReader.Read(layout.FormatFile, followLinks: true), segments);
    }

    /// <summary>Whether the store is as it was.</summary>
    public bool AreAsSeen(StoreLayout layout)
    {
        try
        {
            return Of(layout, JournalFolder.Active(layout.Journal)).Equals(this);
        }
        catch (Exception cause) when (DiskErrors.IsDiskError(cause) || cause is Core.Ports.StoreException)
        {
            return false;
        }
    }

    public bool Equals(StoreFiles? other) => other is not null && Format == other.Format && Journal.SequenceEqual(other.Journal);

    public override int GetHashCode() => HashCode.Combine(Format, Journal.Count);

    public void Write(BinarySink sink)
    {
        Write(sink, Format);
        sink.List(Journal, static (into, segment) =>
        {
            into.Text(segment.Name);
            into.Signed(segment.Length);
            Write(into, segment.Stat);
        });
    }

    /// <summary>One at a time: a number that is too large must not be believed before the segments are there.</summary>
    public static StoreFiles Read(BinarySource source)
    {
        var (format, segments) = (ReadStat(source), new List<Segment>());
        for (var remaining = source.Count(); remaining > 0; remaining--)
        {
            segments.Add(new Segment(source.Text(), source.Signed(), ReadStat(source)));
        }

        return new StoreFiles(format, segments);
    }

    private static void Write(BinarySink sink, FileStat? stat)
    {
        sink.Flag(stat is not null);
        if (stat is { } found)
        {
            RecordSink.Stat(sink, found);
        }
    }

    private static FileStat? ReadStat(BinarySource source) => source.Flag() ? RecordSource.Stat(source) : null;
}
