using System.Buffers;
using System.Text;

namespace ScaleMs.Launchers.Local;

/// <summary>Cuts a stream of bytes into records at NUL; UTF-8, with a mark for what is not.</summary>
/// <remarks>A record longer than <see cref="LongestBytes"/> comes in pieces, so an endless one needs no more memory than that.</remarks>
internal sealed class RecordSplitter(Action<string> onRecord) : ISplitter
{
    internal const int LongestBytes = 1 << 20;

    private readonly ArrayBufferWriter<byte> _record = new();

    /// <inheritdoc/>
    public void Add(ReadOnlySpan<byte> bytes)
    {
        while (bytes.Length > 0)
        {
            var end = bytes.IndexOf((byte)0);
            var part = end < 0 ? bytes : bytes[..end];
            var room = LongestBytes - _record.WrittenCount;
            _record.Write(part[..Math.Min(part.Length, room)]);
            if (part.Length > room)
            {
                bytes = bytes[room..];
                Finish();
                continue;
            }

            bytes = end < 0 ? [] : bytes[(end + 1)..];
            if (end >= 0)
            {
                Finish();
            }
        }
    }

    /// <inheritdoc/>
    public void Finish()
    {
        if (_record.WrittenCount > 0)
        {
            var text = Encoding.UTF8.GetString(_record.WrittenSpan);
            _record.ResetWrittenCount();
            onRecord(text);
        }
    }
}
