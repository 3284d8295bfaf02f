using System.Buffers;
using System.Buffers.Text;
using System.Globalization;
using System.Text;

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
    private const int CrcDigits = 8;
    private const byte Space = (byte)' ';
    private const byte LineEnd = (byte)'\n';

    public static void Write(ReadOnlySpan<byte> payload, IBufferWriter<byte> target)
    {
        var head = string.Create(CultureInfo.InvariantCulture, $"{Crc32C.Of(payload):x8} {payload.Length} ");
        Encoding.ASCII.GetBytes(head, target);
        target.Write(payload);
        target.Write([LineEnd]);
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

    private static bool TryRead(ReadOnlySpan<byte> bytes, out ReadOnlySpan<byte> payload, out int size)
    {
        payload = default;
        size = 0;
        if (bytes.Length <= CrcDigits || bytes[CrcDigits] != Space
            || !Utf8Parser.TryParse(bytes[..CrcDigits], out uint crc, out var crcSize, 'x') || crcSize != CrcDigits
            || !Utf8Parser.TryParse(bytes[(CrcDigits + 1)..], out int length, out var lengthSize) || length < 0)
        {
            return false;
        }

        var start = CrcDigits + 1 + lengthSize + 1;
        if (length >= bytes.Length - start || bytes[start - 1] != Space)
        {
            return false;
        }

        // The last byte must be there, or the line is still being written; a damaged LF takes nothing from a payload that is right.
        payload = bytes.Slice(start, length);
        size = start + length + 1;
        return Crc32C.Of(payload) == crc;
    }
}
