using System.Buffers.Binary;
using ScaleMs.Core.Ports;
using ScaleMs.Core.Records;
using ScaleMs.Store.Disk;
using ScaleMs.Store.Journal;
using ScaleMs.Store.Layout;

namespace ScaleMs.Store.Snapshots;

/// <summary>
/// The index: the folded state in one flat file, so that a run with nothing to do reads no journal. It is never the truth: whatever is
/// odd about it (missing, damaged, older form, not of this journal) means that it is made again.
/// </summary>
/// <remarks>Form: 8 bytes of magic with the version, the body, CRC-32C of all before it.</remarks>
internal static class IndexFile
{
    private const int TrailerSize = sizeof(uint);

    /// <summary>Some millions of results. Beyond it the journal is read instead.</summary>
    private const int LargestBody = 1 << 30;

    private static ReadOnlySpan<byte> Magic => "SMSIDX\0\u0004"u8;

    /// <summary>Reads the index; null when it is of no use.</summary>
    public static JournalContents? TryRead(StoreLayout layout)
    {
        try
        {
            return File.Exists(layout.Index) ? Read(File.ReadAllBytes(layout.Index), new ComponentSource(layout)) : null;
        }
        catch (Exception cause) when (DiskErrors.IsDiskError(cause) || cause is InvalidDataException)
        {
            return null;
        }
    }

    /// <summary>Writes the index aside and renames it. Not flushed: a torn one is made again.</summary>
    /// <param name="path">The index.</param>
    /// <param name="contents">What it stands for; its segments must be taken to these lengths.</param>
    /// <param name="atPoint">Told the points that are reached.</param>
    /// <exception cref="IOException">The disk refused; the old index stands.</exception>
    public static void Write(string path, JournalContents contents, Action<string>? atPoint = null)
    {
        var temporary = TemporaryName.Beside(path);
        try
        {
            using (var file = File.OpenHandle(temporary, FileMode.CreateNew, FileAccess.Write))
            {
                var stream = new IndexStream(file, Magic.ToArray(), LargestBody);
                WriteBody(stream, contents);
                stream.Finish();
            }

            atPoint?.Invoke(CrashPoint.IndexWritten);
            File.Move(temporary, path, overwrite: true);
        }
        catch
        {
            TemporaryName.TryDelete(temporary);
            throw;
        }
    }

    private static JournalContents? Read(byte[] bytes, ComponentSource components)
    {
        if (bytes.Length < Magic.Length + TrailerSize || !bytes.AsSpan().StartsWith(Magic))
        {
            return null;
        }

        var body = bytes.AsMemory(Magic.Length..^TrailerSize);
        var isWhole = Crc32C.Of(body.Span) == BinaryPrimitives.ReadUInt32LittleEndian(bytes.AsSpan(bytes.Length - TrailerSize));
        return isWhole ? ReadBody(new BinarySource(body), components) : null;
    }

    private static void WriteBody(IndexStream stream, JournalContents contents)
    {
        stream.Sink.Number((ulong)contents.Lines);
        stream.Sink.List(contents.Segments, WriteSegment);
        WriteBlobs(stream, contents);
        stream.Sink.Number((ulong)contents.State.Count);
        foreach (var record in contents.State.Snapshot())
        {
            RecordSink.Write(stream.Sink, record);
            stream.Advance();
        }
    }

    private static void WriteBlobs(IndexStream stream, JournalContents contents)
    {
        var synced = contents.Blobs.Values.Where(fact => !contents.Unsynced.Contains(fact.Digest));
        stream.Sink.Number((ulong)synced.Count());
        foreach (var fact in synced)
        {
            WriteBlob(stream.Sink, fact);
            stream.Advance();
        }
    }

    private static JournalContents ReadBody(BinarySource source, ComponentSource components)
    {
        var contents = new JournalContents { Lines = (long)source.Number() };
        contents.Segments.AddRange(source.List(ReadSegment));
        foreach (var fact in source.List(ReadBlob))
        {
            contents.Know(fact);
        }

        for (var remaining = source.Count(); remaining > 0; remaining--)
        {
            contents.State.Apply(RecordSource.Read(source, components));
        }

        return contents;
    }

    private static void WriteSegment(BinarySink sink, SegmentFile segment)
    {
        sink.Text(segment.Name.ToString());
        sink.Signed(segment.Length);
    }

    private static SegmentFile ReadSegment(BinarySource source) => SegmentName.TryParse(source.Text(), out var name)
        ? new SegmentFile(name, source.Signed())
        : throw new InvalidDataException("no segment name");

    private static void WriteBlob(BinarySink sink, BlobFact fact)
    {
        sink.Digest(fact.Digest);
        sink.Signed(fact.Length);
        sink.Number(fact.Inode);
        sink.Fixed(unchecked((ulong)fact.ModifiedNs));
        sink.Fixed(unchecked((ulong)fact.ChangedNs));
    }

    private static BlobFact ReadBlob(BinarySource source) => new(
        source.Digest(), source.Signed(), source.Number(), unchecked((long)source.Fixed()), unchecked((long)source.Fixed()));
}
