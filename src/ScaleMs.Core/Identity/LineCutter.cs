using System.Buffers;
using System.Text;

namespace ScaleMs.Core.Identity;

/// <summary>Cuts bytes that come in pieces into lines of UTF-8 text. Holds one line.</summary>
public sealed class LineCutter
{
    /// <summary>The most bytes of a line.</summary>
    public const int Longest = 1 << 20;

    private readonly ArrayBufferWriter<byte> _partial = new();

    /// <summary>What stands behind the last end of a line, when nothing more comes; null for nothing.</summary>
    public string? Rest => _partial.WrittenCount == 0 ? null : Text(_partial.WrittenSpan);

    /// <summary>Takes the next bytes.</summary>
    /// <param name="bytes">The bytes that follow those before.</param>
    /// <param name="lines">Gets the lines that they end, without LF and a CR before it.</param>
    /// <exception cref="FormatException">A line has more than <see cref="Longest"/> bytes.</exception>
    public void Take(ReadOnlySpan<byte> bytes, ICollection<string> lines)
    {
        ArgumentNullException.ThrowIfNull(lines);
        for (var end = bytes.IndexOf((byte)'\n'); end >= 0; end = bytes.IndexOf((byte)'\n'))
        {
            Keep(bytes[..end]);
            lines.Add(Text(_partial.WrittenSpan));
            _partial.ResetWrittenCount();
            bytes = bytes[(end + 1)..];
        }

        Keep(bytes);
    }

    private void Keep(ReadOnlySpan<byte> bytes)
    {
        if (_partial.WrittenCount + bytes.Length > Longest)
        {
            throw new FormatException($"it has a line of more than {Longest} bytes");
        }

        _partial.Write(bytes);
    }

    private static string Text(ReadOnlySpan<byte> line) => Encoding.UTF8.GetString(line).TrimEnd('\r');
}
