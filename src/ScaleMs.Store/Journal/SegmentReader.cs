using ScaleMs.Core.Keys;
using ScaleMs.Core.Ports;
using ScaleMs.Core.Records;
using ScaleMs.Store.Disk;

namespace ScaleMs.Store.Journal;

/// <summary>Reads a segment's lines from an offset, in a window that grows only for a line that does not fit.</summary>
/// <remarks>
/// What a cut-off or damaged line may cost, and why passing over it never gives a wrong <c>UpToDate</c>. Every record is true by itself
/// (it names contents by digest or by stat tuple), so a lost one leaves an older truth or none:
/// a lost result or step state makes the step run or be restored again; a lost file or tool fact is measured again, and an older one for
/// the same path no longer matches the stat tuple; a lost intent loses the offer to continue; a lost run is missing from the history.
/// A lost <c>published</c> line makes publishing refuse to overwrite a file it does not know. A lost <c>unpublished</c> line leaves a path in
/// the manifest that is ours no longer: with other bytes there it counts as edited by the user and is kept before anything is moved, with the
/// same bytes those are in a blob or a result of ours, and leftovers are moved and reported, never deleted. A lost sync or close mark puts
/// more blobs in doubt, and a lost blob line has the blob hashed again.
/// </remarks>
internal sealed class SegmentReader
{
    private readonly string _segment;
    private readonly string _place;
    private readonly Action<JournalEntry> _take;
    private readonly Func<ActionKey, long, IReadOnlyList<KeyComponent>>? _componentsAt;
    private readonly List<JournalDamage> _damage = [];
    private readonly ReadWindow _window;
    private long _length;
    private int _count;

    private SegmentReader(string segment, ReadWindow window, Action<JournalEntry> take, Func<ActionKey, long, IReadOnlyList<KeyComponent>>? componentsAt)
    {
        _window = window;
        _segment = segment;
        _place = $"journal/{segment}";
        _take = take;
        _componentsAt = componentsAt;
    }

    /// <summary>The end of the last whole line: where a reader goes on when more is written.</summary>
    public long End { get; private set; }

    /// <summary>Whether bytes follow that are no whole line: a crash cut them off, or they are being written now.</summary>
    public bool HasTornTail { get; private set; }

    /// <summary>Damage with whole lines behind it.</summary>
    public IReadOnlyList<JournalDamage> Damage => _damage;

    /// <summary>Reads all whole lines from an offset to the present end, or to an earlier one.</summary>
    /// <param name="path">The segment.</param>
    /// <param name="offset">Where to begin.</param>
    /// <param name="take">Takes the entries.</param>
    /// <param name="until">Where to end at the latest.</param>
    /// <param name="componentsAt">Gives what stands for the key components of the result under a key, whose line begins at an offset: they are not read. Null to read them.</param>
    /// <param name="window">The room to read in, for a caller who reads several; null for one of its own.</param>
    /// <exception cref="StoreException">The file cannot be read, or a newer version wrote it.</exception>
    public static SegmentReader Read(
        string path, long offset, Action<JournalEntry> take, long until = long.MaxValue, Func<ActionKey, long, IReadOnlyList<KeyComponent>>? componentsAt = null, ReadWindow? window = null)
    {
        using var own = window is null ? new ReadWindow() : null;
        var reader = new SegmentReader(Path.GetFileName(path), window ?? own!, take, componentsAt) { End = offset };
        try
        {
            using var file = ReadHandle.Open(path);
            reader._length = RandomAccess.GetLength(file);
            reader.ReadLines(position => RandomAccess.Read(file, reader.Room(until - position), position), offset);
            return reader;
        }
        catch (Exception cause) when (DiskErrors.IsDiskError(cause) && cause is not FileNotFoundException)
        {
            throw DiskErrors.Of("read", path, cause);
        }
    }

    private void ReadLines(Func<long, int> fill, long offset)
    {
        var position = offset;
        for (var read = fill(position); read > 0; read = fill(position))
        {
            position += read;
            _count += read;
            var used = TakeLines(position - _count);
            _window.Bytes.AsSpan(used, _count - used).CopyTo(_window.Bytes);
            _count -= used;
            if (_count == _window.Bytes.Length)
            {
                Grow(_length - position);
            }
        }

        HasTornTail = position > End;
    }

    /// <summary>A line says how long it is; a damaged one may say anything, so nothing that the segment cannot hold is believed.</summary>
    private void Grow(long rest)
    {
        var length = _window.Bytes.Length;
        var size = (int)Math.Min(LineFrame.SizeOf(_window.Bytes), Math.Min(length + rest, Array.MaxLength));
        _window.Grow(Math.Max(Math.Min(length * 2, Array.MaxLength), size));
    }

    private Span<byte> Room(long most) => _window.Bytes.AsSpan(_count, (int)Math.Min(_window.Bytes.Length - _count, most));

    private int TakeLines(long windowStart)
    {
        var used = 0;
        while (used < _count)
        {
            var state = LineFrame.Read(_window.Bytes.AsSpan(used, _count - used), out var payload, out var size);
            if (state == LineState.Partial)
            {
                break;
            }

            if (state == LineState.Whole)
            {
                TakeLine(payload, windowStart + used, size);
            }

            used += size;
        }

        return used;
    }

    private JournalEntry Lean(JournalEntry entry, long start) => entry is JournalEntry.Fact { Record: ActionResult result }
        ? new JournalEntry.Fact(result with { Components = _componentsAt!(result.Key, start) })
        : entry;

    // Damage is known as such only when a whole line follows; until then it may be the torn end of a crash.
    private void TakeLine(ReadOnlySpan<byte> payload, long start, int size)
    {
        if (start > End)
        {
            _damage.Add(new JournalDamage(_segment, End, start - End));
        }

        _take(_componentsAt is null ? EntryCodec.Read(payload, _place, start) : Lean(EntryCodec.Read(payload, _place, start, isLean: true), start));
        End = start + size;
    }
}
