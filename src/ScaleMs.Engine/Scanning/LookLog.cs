using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Text;
using ScaleMs.Core.Records;

namespace ScaleMs.Engine.Scanning;

/// <summary>Looks as rows of bytes, one after the other: of tens of thousands each is kept until the end of a run that may turn out to have had nothing to do.</summary>
/// <remarks>Row: whether something was found and whether links were followed; the length of the path; what was found; the path in UTF-8, relative where it is in the workspace.</remarks>
/// <param name="workspace">The workspace, absolute.</param>
internal sealed class LookLog(string workspace)
{
    private const int PieceBytes = 1 << 16;
    private const byte Found = 1;
    private const byte FollowsLinks = 2;
    private const int PathLengthAt = 1;
    private const int StatAt = PathLengthAt + sizeof(int);
    private static readonly int PathAt = StatAt + Unsafe.SizeOf<FileStat>();

    private readonly string _root = workspace + "/";
    private readonly List<byte[]> _pieces = [];
    private readonly List<Place> _rows = [];
    private int _end;

    public void Add(string path, bool followsLinks, in FileStat? found)
    {
        var named = path.StartsWith(_root, StringComparison.Ordinal) ? path.AsSpan(_root.Length) : path;
        var length = Encoding.UTF8.GetByteCount(named);
        var row = Room(PathAt + length);
        row[0] = (byte)((found is null ? 0 : Found) | (followsLinks ? FollowsLinks : 0));
        MemoryMarshal.Write(row[PathLengthAt..], length);
        MemoryMarshal.Write(row[StatAt..], found.GetValueOrDefault());
        Encoding.UTF8.GetBytes(named, row[PathAt..]);
    }

    /// <summary>The looks, each path once; null when something was seen to change. No more is added once they are told.</summary>
    public IEnumerable<Look>? EachOnce()
    {
        var once = new HashSet<Place>(_rows.Count, new SamePath(this));
        foreach (var row in _rows)
        {
            if (!once.Add(row) && once.TryGetValue(row, out var first) && LookAt(first).Found != LookAt(row).Found)
            {
                return null;
            }
        }

        return once.Select(LookAt);
    }

    private Span<byte> Room(int size)
    {
        if (_pieces.Count == 0 || _pieces[^1].Length - _end < size)
        {
            _pieces.Add(new byte[Math.Max(PieceBytes, size)]);
            _end = 0;
        }

        _rows.Add(new Place(_pieces.Count - 1, _end));
        var room = _pieces[^1].AsSpan(_end, size);
        _end += size;
        return room;
    }

    private Look LookAt(Place place)
    {
        var row = RowAt(place);
        return new Look(
            Encoding.UTF8.GetString(PathIn(row)),
            (row[0] & FollowsLinks) != 0,
            (row[0] & Found) != 0 ? MemoryMarshal.Read<FileStat>(row[StatAt..]) : null,
            default);
    }

    private ReadOnlySpan<byte> RowAt(Place place) => _pieces[place.Piece].AsSpan(place.Offset);

    private static ReadOnlySpan<byte> PathIn(ReadOnlySpan<byte> row) => row.Slice(PathAt, MemoryMarshal.Read<int>(row[PathLengthAt..]));

    private readonly record struct Place(int Piece, int Offset);

    /// <summary>Rows are of one path when links were followed in both or in neither.</summary>
    private sealed class SamePath(LookLog log) : IEqualityComparer<Place>
    {
        public bool Equals(Place one, Place other)
        {
            var first = log.RowAt(one);
            var second = log.RowAt(other);
            return ((first[0] ^ second[0]) & FollowsLinks) == 0 && PathIn(first).SequenceEqual(PathIn(second));
        }

        public int GetHashCode(Place place)
        {
            var hash = new HashCode();
            hash.AddBytes(PathIn(log.RowAt(place)));
            return hash.ToHashCode();
        }
    }
}
