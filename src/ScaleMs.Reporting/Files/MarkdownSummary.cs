using System.Text;
using ScaleMs.Core.Events;
using ScaleMs.Core.Planning;
using ScaleMs.Reporting.Wording;

namespace ScaleMs.Reporting.Files;

/// <summary>A run's summary in Markdown, as build servers show it beside a job: the outcome, a table by task, failures with the end of their logs, and what ran and why.</summary>
/// <remarks>GitHub takes at most 1 MiB for a step: lists are bounded, and say what they leave out.</remarks>
public static class MarkdownSummary
{
    private const int MostListed = 50;

    /// <summary>Writes a file; a reader sees the old one or the whole new one.</summary>
    /// <param name="summary">The run.</param>
    /// <param name="path">The file.</param>
    public static void Write(RunSummary summary, string path) => WholeFile.Write(path, stream => stream.Write(Encoding.UTF8.GetBytes(Of(summary))));

    /// <summary>The text.</summary>
    /// <param name="summary">The run.</param>
    public static string Of(RunSummary summary)
    {
        ArgumentNullException.ThrowIfNull(summary);
        var failed = summary.Steps.Where(step => step.Outcome == Outcome.Failed).ToList();
        var done = summary.Steps.Where(step => step.Outcome is Outcome.Executed or Outcome.Restored);
        var preposition = summary.Outcome == "done" ? "in" : "after";
        IEnumerable<string> lines =
        [
            $"## {Escaped(summary.Target)}: {summary.Outcome} {preposition} {Human.Duration(summary.WallSeconds)}", string.Empty,
            .. summary.Steps.Count == 0 ? [] : Table(TaskTotals.Of(summary.Steps)),
            .. Bounded(failed, "failure", step => Failure(step)),
            .. Bounded([.. SettledText.Grouped(done)], "line", told => [$"- {Verbs.Of(told.Outcome)} {Escaped(told.Text)}"]),
        ];
        return string.Join('\n', lines) + "\n";
    }

    private static IEnumerable<string> Table(IReadOnlyList<TotalsColumn> columns)
    {
        yield return Row(columns.Select(column => column.Head));
        yield return Row(columns.Select(column => column.IsText ? "---" : "--:"));
        for (var i = 0; i < columns[0].Cells.Count; i++)
        {
            yield return Row(columns.Select(column => Escaped(column.Cells[i])));
        }

        yield return string.Empty;
    }

    private static string Row(IEnumerable<string> cells) => $"| {string.Join(" | ", cells)} |";

    /// <summary>What a log holds is shown as it is, and cannot end its block: the fence is longer than any in it.</summary>
    private static IEnumerable<string> Failure(StepResult step)
    {
        var log = step.Failure?.LogTail ?? [];
        var fence = new string('`', Math.Max(3, log.Select(LongestFence).DefaultIfEmpty().Max() + 1));
        return [$"- **failed** {Escaped(SettledText.Of(step))}", .. log.Count == 0 ? [] : new[] { string.Empty, $"  {fence}text" }.Concat(log.Select(line => $"  {Printable.Of(line)}")).Concat([$"  {fence}", string.Empty])];
    }

    private static int LongestFence(string line)
    {
        var (longest, length) = (0, 0);
        foreach (var character in line)
        {
            length = character == '`' ? length + 1 : 0;
            longest = Math.Max(longest, length);
        }

        return longest;
    }

    private static IEnumerable<string> Bounded<T>(List<T> all, string noun, Func<T, IEnumerable<string>> lines)
    {
        var told = all.Take(MostListed).SelectMany(lines);
        return all.Count <= MostListed ? told : told.Append($"- … and {Human.Count(all.Count - MostListed, noun)} more");
    }

    /// <summary>Names are the author's, and are not to be taken for formatting.</summary>
    private static string Escaped(string text)
    {
        var escaped = new StringBuilder();
        foreach (var character in Printable.Of(text))
        {
            _ = "\\`*_{}[]<>#|".Contains(character, StringComparison.Ordinal) ? escaped.Append('\\').Append(character) : escaped.Append(character);
        }

        return escaped.ToString();
    }
}
