namespace ScaleMs.Store.Archives;

/// <summary>The check sum of gzip and zip (RFC 1952, section 8). It guards against damage; identities are SHA-256.</summary>
internal static class Crc32
{
    private static readonly uint[] Table = [.. Enumerable.Range(0, 256).Select(value => Remainder((uint)value))];

    public static uint Append(uint check, ReadOnlySpan<byte> bytes)
    {
        foreach (var one in bytes)
        {
            check = Table[(byte)(check ^ one)] ^ (check >> 8);
        }

        return check;
    }

    private static uint Remainder(uint value)
    {
        for (var bit = 0; bit < 8; bit++)
        {
            value = (value & 1) == 0 ? value >> 1 : (value >> 1) ^ 0xEDB88320;
        }

        return value;
    }
}
