using System.Buffers;

namespace ScaleMs.Store.Journal;

/// <summary>Lines of the journal on their way to the disk, in pieces: the line of a step with many inputs takes megabytes, and one array for it would be made anew and copied each time it is full.</summary>
/// <remarks>Not thread-safe.</remarks>
internal sealed class LineBuffer : IBufferWriter<byte>
{
    private const int PieceSize = 1 << 14;
    private readonly List<ReadOnlyMemory<byte>> _pieces = [];
    private byte[] _current = new byte[PieceSize];
    private int _from;
    private int _at;
    private long _length;

    /// <summary>All bytes of the lines, in order.</summary>
    public IReadOnlyList<ReadOnlyMemory<byte>> Pieces
    {
        get
        {
            Cut();
            return _pieces;
        }
    }

    /// <summary>How many bytes the lines have.</summary>
    public long Length => _length + _at - _from;

    /// <summary>Writes an entry's line.</summary>
    public void Add(JournalEntry entry)
    {
        // The head tells of the payload, so it is written last, right behind the line before.
        GetMemory(LineFrame.LongestHead);
        var (front, from, head, place) = (_current, _from, _at, _pieces.Count);
        _from = _at += LineFrame.LongestHead;
        _pieces.Add(default);
        EntryCodec.Write(entry, this);
        Cut();
        var size = LineFrame.WriteHead(CrcFrom(place + 1, out var length), length, front.AsSpan(head));
        _pieces[place] = front.AsMemory(from, head - from + size);
        _length += _pieces[place].Length;
        this.Write([LineFrame.LineEnd]);
    }

    /// <summary>Forgets the lines.</summary>
    public void Clear()
    {
        _pieces.Clear();
        _current = _current.Length > PieceSize ? new byte[PieceSize] : _current;
        (_from, _at, _length) = (0, 0, 0);
    }

    public void Advance(int count) => _at += count;

    public Memory<byte> GetMemory(int sizeHint = 0)
    {
        if (_current.Length - _at < Math.Max(1, sizeHint))
        {
            Cut();
            _current = new byte[Math.Max(PieceSize, sizeHint)];
            (_from, _at) = (0, 0);
        }

        return _current.AsMemory(_at);
    }

    public Span<byte> GetSpan(int sizeHint = 0) => GetMemory(sizeHint).Span;

    private void Cut()
    {
        if (_at > _from)
        {
            _pieces.Add(_current.AsMemory(_from, _at - _from));
            _length += _at - _from;
            _from = _at;
        }
    }

    private uint CrcFrom(int piece, out int length)
    {
        (var crc, length) = (Crc32C.OfNothing, 0);
        for (; piece < _pieces.Count; piece++)
        {
            crc = Crc32C.Continue(crc, _pieces[piece].Span);
            length = checked(length + _pieces[piece].Length);
        }

        return crc;
    }
}
