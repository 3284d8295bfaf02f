using System.Globalization;
using ScaleMs.Core.Failures;
using ScaleMs.Core.Records;

namespace ScaleMs.Core.Explaining;

/// <summary>The wording of how a step may be tried again, and of how often it was.</summary>
public static class RetryText
{
    /// <summary>What the author allows.</summary>
    /// <param name="rules">The step's rules.</param>
    /// <returns>A sentence; null when nothing is allowed beyond what the site is to blame for.</returns>
    public static string? Of(RetryRules rules)
    {
        ArgumentNullException.ThrowIfNull(rules);
        string?[] parts =
        [
            rules.Credits > 0 ? $"{Times(rules.Credits)} after a tool's error or a missing output" : null,
            rules.LaterExits.Count > 0 ? $"{Times(rules.LaterTries)} after exit code {string.Join(" or ", rules.LaterExits)}" : null,
            rules.Time is { } time ? $"after a time limit, with {Growing(time, Span)}" : null,
            rules.Memory is { } memory ? $"for want of memory, with {Growing(memory, Size)}" : null,
        ];
        var told = string.Join("; ", parts.OfType<string>());
        return told.Length == 0 ? null : $"tried again in the same run, which is not in the key: {told}";
    }

    /// <summary>How a result came about.</summary>
    /// <param name="attempts">The attempts of the run that made it.</param>
    /// <returns>A phrase; null when the first attempt made it.</returns>
    public static string? Of(IReadOnlyList<AttemptRecord> attempts)
    {
        ArgumentNullException.ThrowIfNull(attempts);
        return attempts.Count < 2 ? null : string.Create(CultureInfo.InvariantCulture, $"its last result took {attempts.Count} attempts: {string.Join(", ", attempts.Select(attempt => attempt.Outcome))}");
    }

    private static string Times(int count) => count == 1 ? "once" : string.Create(CultureInfo.InvariantCulture, $"{count} times");

    private static string Growing(Growth growth, Func<long, string> tell) =>
        string.Create(CultureInfo.InvariantCulture, $"{growth.Factor} times as much{(growth.Most > 0 ? $", {tell(growth.Most)} at most" : string.Empty)}");

    private static string Span(long ticks) => TimeSpan.FromTicks(ticks).ToString("c", CultureInfo.InvariantCulture);

    /// <summary>In the units in which memory is claimed.</summary>
    private static string Size(long bytes) =>
        bytes < 1L << 30 ? FormattableString.Invariant($"{bytes / 1048576.0:0.##} MiB") : FormattableString.Invariant($"{bytes / 1073741824.0:0.##} GiB");
}
