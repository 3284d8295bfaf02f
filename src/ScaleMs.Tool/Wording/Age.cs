using System.Globalization;

namespace ScaleMs.Tool.Wording;

/// <summary>An age as people write it: <c>30d</c>, <c>2w</c>, <c>12h</c>, <c>90min</c>.</summary>
internal static class Age
{
    private static readonly (string Unit, TimeSpan Length)[] Units =
    [
        ("min", TimeSpan.FromMinutes(1)), ("s", TimeSpan.FromSeconds(1)), ("h", TimeSpan.FromHours(1)), ("d", TimeSpan.FromDays(1)), ("w", TimeSpan.FromDays(7)),
    ];

    /// <summary>Reads an age above 0 and below a century.</summary>
    public static bool TryParse(string text, out TimeSpan? age)
    {
        age = null;
        var (unit, length) = Units.FirstOrDefault(unit => text.EndsWith(unit.Unit, StringComparison.Ordinal));
        if (unit is null || !double.TryParse(text[..^unit.Length].Trim(), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var value))
        {
            return false;
        }

        var days = value * length.TotalDays;
        age = days is > 0 and < 36500 ? TimeSpan.FromDays(days) : null;
        return age is not null;
    }
}
