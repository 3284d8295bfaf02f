namespace ScaleMs.Store.Cache.Endpoint;

/// <summary>Reads another stream, and gives up when no byte came for a while.</summary>
/// <param name="source">What is read; disposed with this.</param>
/// <param name="patience">Cancelled when nothing comes.</param>
/// <param name="time">How long that is.</param>
internal sealed class PatientStream(Stream source, CancellationTokenSource patience, TimeSpan time) : Stream
{
    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => source.Length;

    public override long Position
    {
        get => source.Position;
        set => throw new NotSupportedException();
    }

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        patience.CancelAfter(time);
        return await source.ReadAsync(buffer, cancellationToken).ConfigureAwait(false);
    }

    public override int Read(byte[] buffer, int offset, int count) => source.Read(buffer, offset, count);

    public override void Flush()
    {
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        source.Dispose();
        base.Dispose(disposing);
    }
}
