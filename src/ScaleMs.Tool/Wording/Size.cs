using System.Globalization;

namespace ScaleMs.Tool.Wording;

/// <summary>Bytes as people write and read them: decimal units, and binary ones when they are named so.</summary>
internal static class Size
{
    private static readonly (string Unit, double Bytes)[] Units =
    [
        ("TiB", 1L << 40), ("GiB", 1L << 30), ("MiB", 1L << 20), ("KiB", 1L << 10), ("TB", 1e12), ("GB", 1e9), ("MB", 1e6), ("KB", 1e3), ("B", 1),
    ];

    /// <summary>Three figures at most: <c>999 B</c>, <c>1.2 kB</c>, <c>48.3 GB</c>.</summary>
    public static string Of(long bytes) => bytes switch
    {
        < 1000 => string.Create(CultureInfo.InvariantCulture, $"{bytes} B"),
        < 1_000_000 => In(bytes / 1e3, "kB"),
        < 1_000_000_000 => In(bytes / 1e6, "MB"),
        < 1_000_000_000_000 => In(bytes / 1e9, "GB"),
        _ => In(bytes / 1e12, "TB"),
    };

    /// <summary>Reads <c>50GB</c>, <c>1.5 GiB</c> or a plain number of bytes.</summary>
    public static bool TryParse(string text, out long? bytes)
    {
        bytes = null;
        var (unit, factor) = Units.FirstOrDefault(unit => text.EndsWith(unit.Unit, StringComparison.OrdinalIgnoreCase));
        var number = unit is null ? text : text[..^unit.Length];
        if (!double.TryParse(number.Trim(), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var value))
        {
            return false;
        }

        var all = value * (unit is null ? 1 : factor);
        bytes = all < long.MaxValue ? (long)all : null;
        return bytes is not null;
    }

    private static string In(double value, string unit) => string.Create(CultureInfo.InvariantCulture, $"{value:0.0} {unit}");
}
