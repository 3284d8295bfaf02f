using System.Globalization;
using System.Text.RegularExpressions;

namespace ScaleMs.Core.Model;

/// <summary>Reads times such as <c>10s</c>, <c>1h30m</c>, <c>00:10:00</c> or <c>1-12:00:00</c>.</summary>
public static partial class Duration
{
    /// <summary>Reads a time.</summary>
    /// <param name="text">Numbers with units from weeks to milliseconds, or hours, minutes and seconds with colons, days before them with a dash: <c>1-12:00:00</c>.</param>
    /// <returns>A time of 0 or more.</returns>
    /// <exception cref="FormatException">The text is none; the message says how one is written.</exception>
    public static TimeSpan Parse(string text) => TryParse(text)
        ?? throw new FormatException($"'{text}' is not a time: write '10s', '1h30m', '500ms', or hours, minutes and seconds as '00:10:00'.");

    /// <summary>Reads a time; null when the text is none.</summary>
    /// <param name="text">Numbers with units from weeks to milliseconds, or hours, minutes and seconds with colons, days before them with a dash: <c>1-12:00:00</c>.</param>
    /// <returns>A time of 0 or more; null for what is no time.</returns>
    public static TimeSpan? TryParse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return text.Contains(':', StringComparison.Ordinal) ? Sum(Clock().Match(text)) : text.Length > 0 ? Sum(Compact().Match(text)) : null;
    }

    private static TimeSpan? Sum(Match match)
    {
        var seconds = ((((((Part(match, "w") * 7) + Part(match, "d")) * 24) + Part(match, "h")) * 60) + Part(match, "m")) * 60;
        var all = seconds + Part(match, "s") + (Part(match, "ms") / 1000);
        // Rounded: 0.1 of something has no exact form in binary.
        return match.Success && all < TimeSpan.MaxValue.TotalSeconds ? TimeSpan.FromTicks((long)Math.Round(all * TimeSpan.TicksPerSecond)) : null;
    }

    private static double Part(Match match, string unit) =>
        match.Groups[unit] is { Success: true, Value: var number } ? double.Parse(number, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture) : 0;

    /// <summary>24:00:00 is a day, as schedulers write it; for <see cref="TimeSpan"/> it is 24 of them.</summary>
    [GeneratedRegex(@"\A((?<d>[0-9]{1,5})[.-])?(?<h>[0-9]{1,6}):(?<m>[0-5]?[0-9])(:(?<s>[0-5]?[0-9](\.[0-9]+)?))?\z", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture)]
    private static partial Regex Clock();

    [GeneratedRegex(@"\A((?<w>[0-9]+)w)?((?<d>[0-9]+)d)?((?<h>[0-9]+(\.[0-9]+)?)h)?((?<m>[0-9]+(\.[0-9]+)?)m(?!s))?((?<s>[0-9]+(\.[0-9]+)?)s)?((?<ms>[0-9]+)ms)?\z", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture)]
    private static partial Regex Compact();
}
