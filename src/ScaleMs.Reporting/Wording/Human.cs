using System.Globalization;
using ScaleMs.Core.Model;

namespace ScaleMs.Reporting.Wording;

/// <summary>Numbers as people read them, the same under every culture.</summary>
internal static class Human
{
    private const long Minute = 60;
    private const long Hour = 60 * Minute;
    private const long Day = 24 * Hour;

    /// <summary>A duration with two figures of use: <c>40 ms</c>, <c>8.2 s</c>, <c>1 min 12 s</c>, <c>2 h 03 min</c>, <c>3 d 04 h</c>.</summary>
    public static string Duration(double seconds)
    {
        var known = Known(seconds);
        return known switch
        {
            0 => "0 s",
            < 0.0995 => Invariant($"{Math.Max(1, Math.Round(known * 1000))} ms"),
            < 9.95 => Invariant($"{known:F1} s"),
            _ => Whole((long)Math.Round(known, MidpointRounding.AwayFromZero)),
        };
    }

    /// <summary>A duration that is only estimated: no more than whole seconds.</summary>
    public static string Estimate(double seconds) => Whole((long)Math.Max(1, Math.Round(Known(seconds))));

    /// <summary>A count with its noun: <c>1 step</c>, <c>36 steps</c>.</summary>
    public static string Count(int count, string noun) => Invariant($"{count} {noun}{(count == 1 ? string.Empty : "s")}");

    /// <summary>How far a step is: <c>step 1200 of 2500, 41.8 ns/day</c>.</summary>
    public static string Progress(Progress progress)
    {
        var count = progress.Total > 0 ? Invariant($"{progress.Done} of {progress.Total}") : Invariant($"{progress.Done}");
        // Time steps are said the way simulation programs say them; any other unit follows its number.
        var text = progress.Unit == "steps" ? $"step {count}" : $"{count} {progress.Unit}".TrimEnd();
        return progress.Rate.Length > 0 ? $"{text}, {progress.Rate}" : text;
    }

    private static string Whole(long seconds) => seconds switch
    {
        < Minute => Invariant($"{seconds} s"),
        < Hour => Invariant($"{seconds / Minute} min {seconds % Minute:00} s"),
        < Day => Invariant($"{seconds / Hour} h {seconds % Hour / Minute:00} min"),
        _ => Invariant($"{seconds / Day} d {seconds % Day / Hour:00} h"),
    };

    /// <summary>A clock that was set back, or a broken record, must not spoil a line; a century is the most that is told.</summary>
    private static double Known(double seconds) => double.IsNaN(seconds) ? 0 : Math.Clamp(seconds, 0, 36500.0 * Day);

    private static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
