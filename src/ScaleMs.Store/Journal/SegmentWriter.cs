using Microsoft.Win32.SafeHandles;
using ScaleMs.Core.Ports;
using ScaleMs.Store.Disk;

namespace ScaleMs.Store.Journal;

/// <summary>Appends to the one segment that this process made. Knows nothing of lines.</summary>
internal sealed class SegmentWriter : IDisposable
{
    private readonly string _path;
    private readonly SafeFileHandle _file;
    private bool _hasTornTail;

    private SegmentWriter(string folder, SegmentName name)
    {
        Name = name;
        _path = Path.Combine(folder, name.ToString());
        // Exclusive creation: on a file system that grants a lock twice, only one of two writers gets past this.
        _file = File.OpenHandle(_path, FileMode.CreateNew, FileAccess.Write, FileShare.ReadWrite | FileShare.Delete);
    }

    public SegmentName Name { get; }

    public long Length { get; private set; }

    /// <exception cref="StoreException">The segment is there already, or cannot be made.</exception>
    public static SegmentWriter Create(string folder, SegmentName name) =>
        DiskErrors.Guard("make the journal segment", Path.Combine(folder, name.ToString()), () => new SegmentWriter(folder, name));

    /// <summary>Appends with one write, or leaves the segment as it was.</summary>
    /// <exception cref="StoreException">The disk refused.</exception>
    public void Append(IReadOnlyList<ReadOnlyMemory<byte>> lines, long length)
    {
        try
        {
            CutTornTail();
            _hasTornTail = true;
            RandomAccess.Write(_file, lines, Length);
            Length += length;
            _hasTornTail = false;
        }
        catch (Exception cause) when (DiskErrors.IsDiskError(cause))
        {
            TryCutTornTail();
            throw DiskErrors.Of("write", _path, cause);
        }
    }

    public void SyncData() => DiskErrors.Guard("flush", _path, () => Durably.Data(_file));

    public void Dispose() => _file.Dispose();

    private void CutTornTail()
    {
        if (_hasTornTail)
        {
            RandomAccess.SetLength(_file, Length);
            _hasTornTail = false;
        }
    }

    private void TryCutTornTail()
    {
        try
        {
            CutTornTail();
        }
        catch (Exception cause) when (DiskErrors.IsDiskError(cause))
        {
            // The next append tries again first; a reader cuts it off by itself.
        }
    }
}
