using System.Buffers;
using System.Buffers.Text;
using System.Globalization;
using System.Text.Unicode;

namespace ScaleMs.Store.Journal;

/// <summary>What was found where a line should begin.</summary>
internal enum LineState
{
    /// <summary>A whole line with the right checksum.</summary>
    Whole,

    /// <summary>More bytes are needed to tell.</summary>
    Partial,

    /// <summary>Bytes that are no line, up to and with the next LF.</summary>
    Damaged,
}

/// <summary>A line of the journal: CRC-32C of the payload as 8 hex digits, its length in decimal, the payload, LF; readable with any pager.</summary>
internal static class LineFrame
{
    /// <summary>What comes before a payload has at most so many bytes.</summary>
    public const int LongestHead = 20;

    /// <summary>What comes after a payload.</summary>
    public const byte LineEnd = (byte)'\n';

    private const int CrcDigits = 8;

    /// <summary>What an array can hold beside the head.</summary>
    private const int LongestPayload = int.MaxValue - 128;
    private const byte Space = (byte)' ';

    public static void Write(ReadOnlySpan<byte> payload, IBufferWriter<byte> target)
    {
        target.Advance(WriteHead(Crc32C.Of(payload), payload.Length, target.GetSpan(LongestHead)));
        // In one piece: piece by piece, the target would grow and be copied again and again.
        var line = target.GetSpan(payload.Length + 1);
        payload.CopyTo(line);
        line[payload.Length] = LineEnd;
        target.Advance(payload.Length + 1);
    }

    /// <summary>Writes what comes before a payload.</summary>
    /// <param name="crc">The payload's checksum.</param>
    /// <param name="length">The payload's length.</param>
    /// <param name="target">At least <see cref="LongestHead"/> bytes.</param>
    /// <returns>How many bytes it has.</returns>
    public static int WriteHead(uint crc, int length, Span<byte> target)
    {
        Utf8.TryWrite(target, CultureInfo.InvariantCulture, $"{crc:x8} {length} ", out var written);
        return written;
    }

    /// <summary>Reads the line at the front of some bytes.</summary>
    /// <param name="bytes">The journal from here on, as far as it was read.</param>
    /// <param name="payload">The payload of a whole line.</param>
    /// <param name="size">How many bytes were used up.</param>
    public static LineState Read(ReadOnlySpan<byte> bytes, out ReadOnlySpan<byte> payload, out int size)
    {
        if (TryRead(bytes, out payload, out size))
        {
            return LineState.Whole;
        }

        // Payloads hold no raw LF, so the next one ends whatever this is; a line without one is still being written, or was cut off.
        size = bytes.IndexOf(LineEnd) + 1;
        return size == 0 ? LineState.Partial : LineState.Damaged;
    }

    /// <summary>How long the line at the front of some bytes says that it is; 0 when it does not say.</summary>
    public static int SizeOf(ReadOnlySpan<byte> bytes) => TryReadHead(bytes, out _, out var start, out var length) ? start + length + 1 : 0;

    private static bool TryRead(ReadOnlySpan<byte> bytes, out ReadOnlySpan<byte> payload, out int size)
    {
        payload = default;
        size = 0;
        if (!TryReadHead(bytes, out var crc, out var start, out var length) || length >= bytes.Length - start)
        {
            return false;
        }

        // The last byte must be there, or the line is still being written; a damaged LF takes nothing from a payload that is right.
        payload = bytes.Slice(start, length);
        size = start + length + 1;
        return Crc32C.Of(payload) == crc;
    }

    private static bool TryReadHead(ReadOnlySpan<byte> bytes, out uint crc, out int start, out int length)
    {
        (crc, start, length) = (0, 0, 0);
        if (bytes.Length <= CrcDigits || bytes[CrcDigits] != Space
            || !Utf8Parser.TryParse(bytes[..CrcDigits], out crc, out var crcSize, 'x') || crcSize != CrcDigits
            || !Utf8Parser.TryParse(bytes[(CrcDigits + 1)..], out length, out var lengthSize) || length is < 0 or > LongestPayload)
        {
            return false;
        }

        start = CrcDigits + 1 + lengthSize + 1;
        return start <= bytes.Length && bytes[start - 1] == Space;
    }
}
