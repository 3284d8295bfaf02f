using System.Text;

namespace ScaleMs.Launchers.Local;

/// <summary>Cuts a stream of bytes into lines at LF, CR and CR LF; UTF-8, with a mark for what is not.</summary>
/// <remarks>
/// GROMACS rewrites its progress line with CR, often right before or after an LF: an empty line before a CR is therefore not told.
/// A line longer than <see cref="LongestBytes"/> comes in pieces, so an endless one needs no more memory than that.
/// </remarks>
internal sealed class LineSplitter(Action<string> onLine) : ISplitter
{
    internal const int LongestBytes = 128 * 1024;

    private const byte LineFeed = (byte)'\n';
    private const byte Return = (byte)'\r';

    private const int FirstBytes = 256;

    /// <summary>Grows with the longest line: thousands of logs are followed at once.</summary>
    private byte[] _line = new byte[FirstBytes];
    private int _length;
    private bool _isAfterReturn;

    /// <inheritdoc/>
    public void Add(ReadOnlySpan<byte> bytes)
    {
        while (bytes.Length > 0)
        {
            var end = bytes.IndexOfAny(LineFeed, Return);
            Keep(end < 0 ? bytes : bytes[..end]);
            if (end < 0)
            {
                return;
            }

            Break(bytes[end]);
            bytes = bytes[(end + 1)..];
        }
    }

    /// <inheritdoc/>
    public void Finish()
    {
        if (_length > 0)
        {
            Tell(_length);
        }

        _isAfterReturn = false;
    }

    private void Break(byte mark)
    {
        if (_length > 0 || (mark == LineFeed && !_isAfterReturn))
        {
            Tell(_length);
        }

        _isAfterReturn = mark == Return;
    }

    private void Keep(ReadOnlySpan<byte> bytes)
    {
        while (bytes.Length > 0)
        {
            if (_length == LongestBytes)
            {
                Tell(WholeCharacters());
            }

            var count = Math.Min(bytes.Length, LongestBytes - _length);
            MakeRoom(_length + count);
            bytes[..count].CopyTo(_line.AsSpan(_length));
            _length += count;
            bytes = bytes[count..];
            _isAfterReturn = false;
        }
    }

    private void MakeRoom(int length)
    {
        if (length > _line.Length)
        {
            Array.Resize(ref _line, Math.Min(LongestBytes, Math.Max(length, _line.Length * 2)));
        }
    }

    /// <summary>The length without a character that is cut off at the end: at most its first three bytes of four.</summary>
    private int WholeCharacters()
    {
        var start = _length - 1;
        while (start > _length - 4 && (_line[start] & 0xC0) == 0x80)
        {
            start--;
        }

        return _line[start] >= 0xC0 ? start : _length;
    }

    private void Tell(int length)
    {
        var text = Encoding.UTF8.GetString(_line, 0, length);
        _line.AsSpan(length, _length - length).CopyTo(_line);
        _length -= length;
        onLine(text);
    }
}
