using System.Buffers;
using Microsoft.Win32.SafeHandles;

namespace ScaleMs.Store.Disk;

/// <summary>Reads a file in parts, one part ahead where a core is free for it: copying out of the page cache takes a sixth of the time that hashing takes.</summary>
internal sealed class ReadAhead : IDisposable
{
    private const int PartSize = 1 << 20;

    /// <summary>Files being read: when there is one for every second core, the cores have enough to do.</summary>
    private static int s_active;

    private readonly SafeFileHandle _source;
    private byte[] _part = ArrayPool<byte>.Shared.Rent(PartSize);
    private byte[]? _spare;
    private Task<int>? _ahead;
    private long _offset;

    /// <summary>Begins at an offset.</summary>
    public ReadAhead(SafeFileHandle source, long offset)
    {
        (_source, _offset) = (source, offset);
        Interlocked.Increment(ref s_active);
    }

    /// <summary>The next part, valid until the next call; empty at the end of the file.</summary>
    public ReadOnlySpan<byte> Next()
    {
        int count;
        if (_ahead is null)
        {
            count = RandomAccess.Read(_source, _part.AsSpan(0, PartSize), _offset);
        }
        else
        {
            count = _ahead.GetAwaiter().GetResult();
            _ahead = null;
            (_part, _spare) = (_spare!, _part);
        }

        _offset += count;
        // A part that is not full is nearly always the last one.
        if (count == PartSize && 2 * Volatile.Read(ref s_active) <= Environment.ProcessorCount)
        {
            _spare ??= ArrayPool<byte>.Shared.Rent(PartSize);
            var (buffer, offset) = (_spare, _offset);
            _ahead = Task.Run(() => RandomAccess.Read(_source, buffer.AsSpan(0, PartSize), offset));
        }

        return _part.AsSpan(0, count);
    }

    /// <summary>Waits for a part that is being read, so that nobody writes into a buffer that is given back.</summary>
    public void Dispose()
    {
        Interlocked.Decrement(ref s_active);
        _ahead?.ContinueWith(static _ => { }, CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default).Wait();
        ArrayPool<byte>.Shared.Return(_part);
        if (_spare is not null)
        {
            ArrayPool<byte>.Shared.Return(_spare);
        }
    }
}
