using System.Globalization;
using System.Text.RegularExpressions;

namespace ScaleMs;

/// <summary>Reads times such as <c>10s</c>, <c>1h30m</c> or <c>00:10:00</c>.</summary>
internal static partial class Duration
{
    public static TimeSpan Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        if (TimeSpan.TryParse(text, CultureInfo.InvariantCulture, out var time) && text.Contains(':', StringComparison.Ordinal) && time >= TimeSpan.Zero)
        {
            return time;
        }

        var match = Compact().Match(text);
        return match.Success && text.Length > 0
            ? (TimeSpan.FromDays(7) * Part(match, "w")) + (TimeSpan.FromDays(1) * Part(match, "d")) + (TimeSpan.FromHours(1) * Part(match, "h"))
                + (TimeSpan.FromMinutes(1) * Part(match, "m")) + (TimeSpan.FromSeconds(1) * Part(match, "s")) + (TimeSpan.FromMilliseconds(1) * Part(match, "ms"))
            : throw new FormatException($"'{text}' is not a time: write '10s', '1h30m', '500ms', or hours, minutes and seconds as '00:10:00'.");
    }

    private static double Part(Match match, string unit) =>
        match.Groups[unit] is { Success: true, Value: var number } ? double.Parse(number, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture) : 0;

    [GeneratedRegex(@"\A((?<w>[0-9]+)w)?((?<d>[0-9]+)d)?((?<h>[0-9]+(\.[0-9]+)?)h)?((?<m>[0-9]+(\.[0-9]+)?)m(?!s))?((?<s>[0-9]+(\.[0-9]+)?)s)?((?<ms>[0-9]+)ms)?\z", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture)]
    private static partial Regex Compact();
}
