using System.IO.Compression;

namespace ScaleMs.Store.Archives;

/// <summary>A gzip file with one more member behind its last: its content comes out of the framework's reader only where every member before it was whole.</summary>
/// <remarks><see cref="GZipStream"/> checks each member it reads to its end, but is silent about a last one that was cut and about bytes behind it.</remarks>
internal sealed class EndMark(Stream source) : Stream
{
    private static readonly byte[] Packed = Pack();

    private readonly MemoryStream _mark = new(Packed);
    private bool _hasBytes;

    /// <summary>What comes out at the end of an intact file, in one piece.</summary>
    public static ReadOnlySpan<byte> Content => "scalems.end/1\n"u8;

    /// <summary>Whether the file itself was read to its end, so that what comes out now should be the mark.</summary>
    public bool IsReached { get; private set; }

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    public override int Read(byte[] buffer, int offset, int count)
    {
        var read = IsReached ? 0 : source.Read(buffer, offset, count);
        _hasBytes |= read > 0;
        Damage.When(!_hasBytes);
        IsReached |= read == 0;
        return IsReached ? _mark.Read(buffer, offset, count) : read;
    }

    public override void Flush()
    {
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    private static byte[] Pack()
    {
        using var packed = new MemoryStream();
        using (var packer = new GZipStream(packed, CompressionLevel.Optimal, leaveOpen: true))
        {
            packer.Write(Content);
        }

        return packed.ToArray();
    }
}
