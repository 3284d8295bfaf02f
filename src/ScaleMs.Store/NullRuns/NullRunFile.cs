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
/// fifty thousand looks cost neither a string nor an object each. What changed since follows as amendments.
/// </summary>
/// <remarks>
/// Form: magic with the version; lengths of the head and the paths, number of rows; head; rows; paths; CRC-32C of all before it.
/// Then any number of <see cref="NullRunAmendment"/>.
/// </remarks>
internal sealed class NullRunFile
{
    private const int Numbers = 3 * sizeof(int);
    private const int Piece = 1 << 16;
    private readonly byte[] _bytes;
    private readonly int _rows;
    private readonly int _paths;
    private readonly int _end;
    private Memory<byte> _head;

    private NullRunFile(byte[] bytes, int head, int rows, int paths, int end)
    {
        (_bytes, _rows, _paths, _end) = (bytes, rows, paths, end);
        _head = bytes.AsMemory(head..rows);
        Count = (paths - rows) / LookRow.Size;
    }

    public NullRunHead Head => field ??= NullRunHead.Read(new BinarySource(_head));

    /// <summary>How many looks there are.</summary>
    public int Count { get; }

    /// <summary>What amendments name the file by, that they are made for: its first checksum.</summary>
    public uint Id => BinaryPrimitives.ReadUInt32LittleEndian(_bytes.AsSpan(_end));

    /// <summary>How many bytes the file has.</summary>
    public int Length => _bytes.Length;

    /// <summary>How many bytes the amendments have.</summary>
    public int Amended => _bytes.Length - _end - sizeof(uint);

    private static ReadOnlySpan<byte> Magic => "SMSNUL\0\u0004"u8;

    public LookRow Row(int index) => LookRow.Read(RowBytes(index));

    /// <summary>A look's path as a C string in UTF-8; the last byte of all paths ends the last one.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The row is damaged.</exception>
    public ReadOnlySpan<byte> Path(in LookRow row) => _bytes.AsSpan(_paths, _end - _paths)[row.PathOffset..];

    /// <summary>A look's path as a string.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The row is damaged.</exception>
    public string PathText(in LookRow row)
    {
        var path = Path(row);
        return Encoding.UTF8.GetString(path[..path.IndexOf((byte)0)]);
    }

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
        Span<byte> front = stackalloc byte[Magic.Length + Numbers + (2 * Digest.Size)];
        using var file = ReadHandle.Open(path);
        return RandomAccess.Read(file, front, 0) == front.Length && front.StartsWith(Magic) && new Digest(front[^Digest.Size..]) == code;
    }

    /// <summary>Writes a file in pieces: its looks are told one by one, twice.</summary>
    /// <exception cref="IOException">The disk refused.</exception>
    public static void Write(string path, NullRunHead head, IEnumerable<Look> looks)
    {
        var written = head.Encode();
        var (paths, count) = PathsOf(looks);
        using var stream = new FileStream(path, FileMode.CreateNew, FileAccess.Write, FileShare.None, Piece);
        var file = new ChecksummedWriter(stream);
        file.Write(Magic);
        file.Write(written.Length);
        file.Write((int)paths.Length);
        file.Write(count);
        file.Write(written);
        WriteRows(file, looks);
        file.Write(paths.GetBuffer().AsSpan(0, (int)paths.Length));
        file.WriteChecksum();
    }

    private Span<byte> RowBytes(int index) => _bytes.AsSpan(_rows, _paths - _rows).Slice(index * LookRow.Size, LookRow.Size);

    private static (MemoryStream Paths, int Count) PathsOf(IEnumerable<Look> looks)
    {
        var (paths, count) = (new MemoryStream(), 0);
        foreach (var look in looks)
        {
            paths.Write(Encoding.UTF8.GetBytes(look.Path));
            paths.WriteByte(0);
            count++;
        }

        return (paths, count);
    }

    private static void WriteRows(ChecksummedWriter file, IEnumerable<Look> looks)
    {
        Span<byte> row = stackalloc byte[LookRow.Size];
        var offset = 0;
        foreach (var look in looks)
        {
            LookRow.Of(look, offset).Write(row);
            file.Write(row);
            offset += Encoding.UTF8.GetByteCount(look.Path) + 1;
        }
    }

    private static NullRunFile? Parse(byte[] bytes)
    {
        var front = Magic.Length + Numbers;
        if (bytes.Length < front || !bytes.AsSpan().StartsWith(Magic))
        {
            return null;
        }

        var (headLength, pathsLength, count) = (NumberAt(bytes, Magic.Length), NumberAt(bytes, Magic.Length + sizeof(int)), NumberAt(bytes, Magic.Length + (2 * sizeof(int))));
        var rows = (long)front + headLength;
        var paths = rows + ((long)count * LookRow.Size);
        var end = paths + pathsLength;
        // A checksum says that the bytes are those that were written, not who wrote them.
        if (headLength < 0 || pathsLength <= 0 || count <= 0 || end > bytes.Length - sizeof(uint) || bytes[end - 1] != 0 || unchecked((int)Crc32C.Of(bytes.AsSpan(0, (int)end))) != NumberAt(bytes, (int)end))
        {
            return null;
        }

        var file = new NullRunFile(bytes, front, (int)rows, (int)paths, (int)end);
        // A head that cannot be read is found here, and not by whoever asks for it.
        return file.Amend() && file.Head is not null ? file : null;
    }

    /// <summary>Takes what changed since; a row keeps its path.</summary>
    private bool Amend()
    {
        var rest = _bytes.AsMemory(_end + sizeof(uint));
        while (rest.Length > 0)
        {
            if (NullRunAmendment.TryRead(rest, Id, out var length) is not { } amendment)
            {
                return false;
            }

            _head = amendment.Head;
            foreach (var (index, row) in amendment.Rows)
            {
                (row with { PathOffset = Row(index).PathOffset }).Write(RowBytes(index));
            }

            rest = rest[length..];
        }

        return true;
    }

    private static int NumberAt(byte[] bytes, int at) => BinaryPrimitives.ReadInt32LittleEndian(bytes.AsSpan(at));
}
