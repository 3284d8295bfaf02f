using System.Diagnostics;

namespace ScaleMs.Launchers.Amqp.Endpoint;

/// <summary>What comes from a client or goes to it, as long as that client keeps pace: one that stands still takes the place of others.</summary>
/// <remarks>
/// A client may be waited for as long as its patience lasts; each byte gives back a little of it, so one that is merely slow goes on for ever. Not thread-safe.
/// </remarks>
/// <param name="inner">The connection's stream.</param>
/// <param name="patience">The longest that nothing comes or goes.</param>
internal sealed class PacedStream(Stream inner, TimeSpan patience) : Stream
{
    /// <summary>Slower than any line that a file is sent over.</summary>
    private const double LeastBytesPerSecond = 1024;

    private const int ChunkBytes = 64 * 1024;

    /// <summary>What is used up of the patience.</summary>
    private TimeSpan _waited;

    /// <summary>What an operation that nobody waits for any more may still write to is nobody else's.</summary>
    private byte[]? _own;

    /// <inheritdoc/>
    public override bool CanRead => true;

    /// <inheritdoc/>
    public override bool CanSeek => false;

    /// <inheritdoc/>
    public override bool CanWrite => true;

    /// <inheritdoc/>
    public override long Length => throw new NotSupportedException();

    /// <inheritdoc/>
    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    /// <inheritdoc/>
    /// <exception cref="StalledException">Nothing came for too long.</exception>
    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        _own ??= new byte[ChunkBytes];
        var most = Math.Min(buffer.Length, ChunkBytes);
        var count = await InTimeAsync(inner.ReadAsync(_own.AsMemory(0, most), cancellationToken).AsTask()).ConfigureAwait(false);
        _own.AsMemory(0, count).CopyTo(buffer);
        GiveBack(count);
        return count;
    }

    /// <inheritdoc/>
    /// <exception cref="StalledException">Nothing was taken for too long.</exception>
    public override async ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
    {
        for (var rest = buffer; rest.Length > 0;)
        {
            _own ??= new byte[ChunkBytes];
            var count = Math.Min(rest.Length, ChunkBytes);
            rest[..count].CopyTo(_own);
            await InTimeAsync(WriteOwnAsync(count, cancellationToken)).ConfigureAwait(false);
            GiveBack(count);
            rest = rest[count..];
        }
    }

    /// <inheritdoc/>
    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) => ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    /// <inheritdoc/>
    public override Task WriteAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) => WriteAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    /// <inheritdoc/>
    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    /// <inheritdoc/>
    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    /// <inheritdoc/>
    public override void Flush()
    {
        // Nothing is held back.
    }

    /// <inheritdoc/>
    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    /// <inheritdoc/>
    public override void SetLength(long value) => throw new NotSupportedException();

    private async Task<int> WriteOwnAsync(int count, CancellationToken cancellation)
    {
        await inner.WriteAsync(_own.AsMemory(0, count), cancellation).ConfigureAwait(false);
        return count;
    }

    private async Task<int> InTimeAsync(Task<int> work)
    {
        var start = Stopwatch.GetTimestamp();
        try
        {
            return await work.WaitAsync(_waited < patience ? patience - _waited : TimeSpan.Zero).ConfigureAwait(false);
        }
        catch (TimeoutException)
        {
            throw new StalledException($"it kept no pace: too little came or went for {patience.TotalSeconds:0.#} s");
        }
        finally
        {
            _waited += Stopwatch.GetElapsedTime(start);
        }
    }

    private void GiveBack(int bytes)
    {
        var waited = _waited - TimeSpan.FromSeconds(bytes / LeastBytesPerSecond);
        _waited = waited > TimeSpan.Zero ? waited : TimeSpan.Zero;
    }
}

/// <summary>A client stands still. No trouble of the disk, which is answered: the connection is closed.</summary>
internal sealed class StalledException(string message) : Exception(message);
