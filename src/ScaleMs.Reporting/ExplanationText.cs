using ScaleMs.Core.Explaining;
using ScaleMs.Reporting.Wording;

namespace ScaleMs.Reporting;

/// <summary>Explanations as lines: what follows from something stands below it, indented.</summary>
public static class ExplanationText
{
    /// <summary>The lines of an explanation.</summary>
    /// <param name="explanation">The explanation.</param>
    /// <returns>At least one line, safe to print.</returns>
    public static IEnumerable<string> Lines(Explanation explanation)
    {
        ArgumentNullException.ThrowIfNull(explanation);
        return [Printable.Of($"{explanation.Step}: {explanation.Verdict}"), .. Lines(explanation.Because, 1)];
    }

    private static IEnumerable<string> Lines(IReadOnlyList<Cause> causes, int depth)
    {
        foreach (var cause in causes)
        {
            var sign = depth == 1 ? string.Empty : "← ";
            yield return Printable.Of($"{new string(' ', 2 * depth)}{sign}{cause.Text}");
            foreach (var line in Lines(cause.From, depth + 1))
            {
                yield return line;
            }
        }
    }
}
