using System.Buffers.Binary;
using Microsoft.Win32.SafeHandles;
using ScaleMs.Core.Model;
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
    private const int Piece = 1 << 16;

    /// <summary>Some millions of results. Beyond it the journal is read instead.</summary>
    private const int LargestBody = 1 << 30;

    private static ReadOnlySpan<byte> Magic => "SMSIDX\0\u0004"u8;

    /// <summary>Reads the index; null when it is of no use.</summary>
    /// <param name="layout">The store.</param>
    /// <param name="declared">Steps that the records share their names with; null for none.</param>
    public static JournalContents? TryRead(StoreLayout layout, IReadOnlyList<StepInstance>? declared = null)
    {
        try
        {
            return File.Exists(layout.Index) ? Read(layout, declared ?? []) : null;
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

    /// <summary>Twice through the file, which nobody changes once it has its name: first to check it, then to take it.</summary>
    private static JournalContents? Read(StoreLayout layout, IReadOnlyList<StepInstance> declared)
    {
        using var file = ReadHandle.Open(layout.Index);
        var body = RandomAccess.GetLength(file) - Magic.Length - TrailerSize;
        return body >= 0 && IsWhole(file, body) ? ReadBody(new BinarySource(file, Magic.Length, body), new ComponentSource(layout), new KnownNames(declared)) : null;
    }

    private static bool IsWhole(SafeFileHandle file, long body)
    {
        var piece = new byte[Piece];
        var isOurs = RandomAccess.Read(file, piece.AsSpan(0, Magic.Length), 0) == Magic.Length && piece.AsSpan().StartsWith(Magic);
        var crc = Crc32C.OfNothing;
        for (var done = 0L; isOurs && done < body;)
        {
            var read = RandomAccess.Read(file, piece.AsSpan(0, (int)Math.Min(Piece, body - done)), Magic.Length + done);
            isOurs = read > 0;
            crc = Crc32C.Continue(crc, piece.AsSpan(0, read));
            done += read;
        }

        return isOurs && RandomAccess.Read(file, piece.AsSpan(0, TrailerSize), Magic.Length + body) == TrailerSize
            && crc == BinaryPrimitives.ReadUInt32LittleEndian(piece);
    }

    private static void WriteBody(IndexStream stream, JournalContents contents)
    {
        // The names of instances and the paths of files, as a rule.
        stream.Sink.Expect(contents.State.Steps.Count + contents.State.Files.Count);
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
        var synced = contents.Blobs.Where(fact => !contents.Unsynced.Contains(fact.Digest));
        stream.Sink.Number((ulong)synced.Count());
        foreach (var fact in synced)
        {
            WriteBlob(stream.Sink, fact);
            stream.Advance();
        }
    }

    private static JournalContents ReadBody(BinarySource source, ComponentSource components, KnownNames names)
    {
        var contents = new JournalContents { Lines = (long)source.Number() };
        contents.Segments.AddRange(source.List(ReadSegment));
        var blobs = source.Count();
        contents.Expect(blobs);
        for (; blobs > 0; blobs--)
        {
            contents.Know(ReadBlob(source));
        }

        var (records, remaining) = (new RecordSource(contents.State, names), source.Count());
        contents.State.Expect(remaining);
        for (; remaining > 0; remaining--)
        {
            contents.State.Apply(records.Read(source, components));
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
