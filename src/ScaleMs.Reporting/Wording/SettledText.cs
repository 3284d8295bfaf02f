using ScaleMs.Core.Events;
using ScaleMs.Core.Planning;

namespace ScaleMs.Reporting.Wording;

/// <summary>How steps ended and why, as people are told.</summary>
internal static class SettledText
{
    private const int MostNamed = 3;

    public static string Of(StepResult step)
    {
        var time = step.WallSeconds > 0 ? $" ({Human.Duration(step.WallSeconds)})" : string.Empty;
        var why = step.Failure is { } failure ? $"{failure.Class}: {failure.Message}" : step.Reason.Text;
        var continued = step.IsContinued ? ", continued" : string.Empty;
        return $"{step.Id}{time}{continued}: {why}";
    }

    /// <summary>Steps with one outcome and one reason take one text; a continued one is told by itself.</summary>
    public static IEnumerable<(Outcome Outcome, string Text)> Grouped(IEnumerable<StepResult> steps) => steps
        .GroupBy(step => step.IsContinued ? step.Id.ToString() : $"{step.Outcome} {step.Reason.Text}", StringComparer.Ordinal)
        .Select(group => (group.First().Outcome, Of([.. group])));

    private static string Of(IReadOnlyList<StepResult> steps)
    {
        var (first, seconds) = (steps[0], steps.Sum(step => step.WallSeconds));
        var time = seconds > 0 ? $", {Human.Duration(seconds)} in all" : string.Empty;
        var names = string.Join(", ", steps.Take(MostNamed).Select(step => step.Id));
        var more = steps.Count > MostNamed ? ", …" : string.Empty;
        return steps.Count == 1 ? Of(first) : $"because {first.Reason.Text} ({Human.Count(steps.Count, "step")}{time}): {names}{more}";
    }
}
