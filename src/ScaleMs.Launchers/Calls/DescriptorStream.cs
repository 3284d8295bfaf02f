using System.Runtime.InteropServices;
using ScaleMs.Launchers.Native;

namespace ScaleMs.Launchers.Calls;

/// <summary>Writes to whatever a descriptor is at that moment: writers that somebody keeps go on working when another file takes its place.</summary>
internal sealed unsafe class DescriptorStream(int descriptor) : Stream
{
    public override bool CanRead => false;

    public override bool CanSeek => false;

    public override bool CanWrite => true;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    public override void Flush()
    {
    }

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => Write(buffer.AsSpan(offset, count));

    /// <summary>As for the console: what cannot be written is lost.</summary>
    public override void Write(ReadOnlySpan<byte> buffer)
    {
        fixed (byte* bytes = buffer)
        {
            for (var written = 0; written < buffer.Length;)
            {
                var count = LibC.Write(descriptor, bytes + written, (nuint)(buffer.Length - written));
                if (count < 0 && Marshal.GetLastPInvokeError() != LibC.Interrupted)
                {
                    return;
                }

                written += (int)Math.Max(count, 0);
            }
        }
    }
}
