using System.Globalization;

namespace ScaleMs.Core.Model;

/// <summary>Reads sizes such as <c>512 MiB</c>.</summary>
public static class ByteSize
{
    private static readonly (string Unit, long Factor)[] Units =
    [
        ("KiB", 1L << 10), ("MiB", 1L << 20), ("GiB", 1L << 30), ("TiB", 1L << 40),
        ("kB", 1_000), ("MB", 1_000_000), ("GB", 1_000_000_000), ("TB", 1_000_000_000_000), ("B", 1),
    ];

    /// <summary>Reads a size.</summary>
    /// <param name="text">A number and a unit.</param>
    /// <returns>Bytes, 0 or more.</returns>
    /// <exception cref="FormatException">The text is none; the message says how one is written.</exception>
    public static long Parse(string text) =>
        TryParse(text) ?? throw new FormatException($"'{text}' is not a size: write a number and a unit, such as '512 MiB' or '2 GB'.");

    /// <summary>Reads a size; null when the text is none, or one of more than 8 EiB.</summary>
    /// <param name="text">A number and a unit.</param>
    /// <returns>Bytes, 0 or more; null for what is no size.</returns>
    public static long? TryParse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var (unit, factor) = Units.FirstOrDefault(candidate => text.EndsWith(candidate.Unit, StringComparison.Ordinal), ("", 0));
        return factor > 0 && double.TryParse(text[..^unit.Length].Trim(), NumberStyles.Float, CultureInfo.InvariantCulture, out var number) &&
            number >= 0 && number * factor < long.MaxValue
            ? (long)(number * factor)
            : null;
    }
}
