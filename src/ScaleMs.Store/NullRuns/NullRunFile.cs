using System.Buffers.Binary;
using System.Text;
using ScaleMs.Core.Digests;
using ScaleMs.Core.Records;
using ScaleMs.Store.Disk;
using ScaleMs.Store.Journal;
using ScaleMs.Store.Snapshots;

namespace ScaleMs.Store.NullRuns;

/// <summary>
/// The form of a remembered null run: a head that is parsed, a table of rows of one size, and the paths as C strings, so that
/// fifty thousand looks cost neither a string nor an object each.
/// </summary>
/// <remarks>Form: magic with the version; length of the head; head; rows; paths; number of rows; CRC-32C of all before it. So it is written as looks are told.</remarks>
internal sealed class NullRunFile
{
    private readonly byte[] _bytes;
    private readonly int _rows;
    private readonly int _paths;

    private NullRunFile(byte[] bytes, NullRunHead head, int rows, int count)
    {
        (_bytes, Head, _rows, Count) = (bytes, head, rows, count);
        _paths = rows + (count * LookRow.Size);
    }

    public NullRunHead Head { get; }

    /// <summary>How many looks there are.</summary>
    public int Count { get; }

    private static ReadOnlySpan<byte> Magic => "SMSNUL\0\u0004"u8;

    public LookRow Row(int index) => LookRow.Read(_bytes.AsSpan(_rows + (index * LookRow.Size), LookRow.Size));

    /// <summary>A look's path as a C string in UTF-8; the last byte of all paths ends the last one.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The row is damaged.</exception>
    public ReadOnlySpan<byte> Path(in LookRow row) => _bytes.AsSpan(_paths, _bytes.Length - _paths - (2 * sizeof(int)))[row.PathOffset..];

    /// <summary>Reads a file; null for anything that is not whole or not of this version.</summary>
    public static NullRunFile? TryRead(string path)
    {
        try
        {
            return StatReader.Read(path, followLinks: true) is { IsFile: true } ? Parse(File.ReadAllBytes(path)) : null;
        }
        catch (Exception cause) when (DiskErrors.IsDiskError(cause) || cause is Core.Ports.StoreException or ArgumentException or OverflowException or IndexOutOfRangeException)
        {
            return null;
        }
    }

    /// <summary>Whether a file says that code was found pure; false for anything that is not of this version.</summary>
    /// <remarks>Only the front is read, and not its checksum: bytes that are damaged make no digest that anybody asks for.</remarks>
    public static bool SaysPure(string path, Digest code)
    {
        Span<byte> front = stackalloc byte[Magic.Length + sizeof(int) + (2 * Digest.Size)];
        using var file = ReadHandle.Open(path);
        return RandomAccess.Read(file, front, 0) == front.Length && front.StartsWith(Magic) && new Digest(front[^Digest.Size..]) == code;
    }

    /// <summary>Writes a file as the looks are told: tens of thousands never stand in memory in a second form.</summary>
    /// <exception cref="IOException">The disk refused.</exception>
    /// <exception cref="UnauthorizedAccessException">It may not be written.</exception>
    public static void Write(string path, NullRun run, IReadOnlyList<SegmentFile> journal)
    {
        using var stream = new FileStream(path, FileMode.Create, FileAccess.Write, FileShare.None, 1 << 16);
        var file = new ChecksummedWriter(stream);
        var head = NullRunHead.Encode(run, journal);
        file.Write(Magic);
        file.Write(head.Length);
        file.Write(head);
        using var paths = new MemoryStream();
        Span<byte> row = stackalloc byte[LookRow.Size];
        var count = 0;
        foreach (var look in run.Looks)
        {
            LookRow.Of(look, checked((int)paths.Length)).Write(row);
            file.Write(row);
            paths.Write(Encoding.UTF8.GetBytes(look.Path));
            paths.WriteByte(0);
            count++;
        }

        file.Write(paths.GetBuffer().AsSpan(0, (int)paths.Length));
        file.Write(count);
        file.WriteChecksum();
    }

    private static NullRunFile? Parse(byte[] bytes)
    {
        var checksum = bytes.Length - sizeof(int);
        var end = checksum - sizeof(int);
        if (end < Magic.Length || !bytes.AsSpan().StartsWith(Magic) || unchecked((int)Crc32C.Of(bytes.AsSpan(0, checksum))) != NumberAt(bytes, checksum))
        {
            return null;
        }

        var head = Magic.Length + sizeof(int);
        var rows = head + NumberAt(bytes, Magic.Length);
        var count = NumberAt(bytes, end);
        var paths = rows + ((long)count * LookRow.Size);
        // A checksum says that the bytes are those that were written, not who wrote them.
        return count > 0 && rows >= head && paths < end && bytes[end - 1] == 0
            ? new NullRunFile(bytes, NullRunHead.Read(new BinarySource(bytes.AsMemory(head..rows))), rows, count)
            : null;
    }

    private static int NumberAt(byte[] bytes, int at) => BinaryPrimitives.ReadInt32LittleEndian(bytes.AsSpan(at));
}
