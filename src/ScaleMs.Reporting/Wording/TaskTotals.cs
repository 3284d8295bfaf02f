using ScaleMs.Core.Events;
using ScaleMs.Core.Planning;

namespace ScaleMs.Reporting.Wording;

/// <summary>What happened to the steps of each task, and in all: columns of texts, and only those in which something happened.</summary>
internal static class TaskTotals
{
    private const string Nothing = "-";

    public static IReadOnlyList<TotalsColumn> Of(IReadOnlyList<StepResult> steps)
    {
        var rows = steps.GroupBy(step => step.Id.Task, StringComparer.Ordinal).Select(group => new Row(group.Key, group.ToList())).ToList();
        if (rows.Count > 1)
        {
            rows.Add(new Row("total", steps));
        }

        var counts = Verbs.All.ToArray().Select(outcome => new TotalsColumn(Verbs.Of(outcome), rows.ConvertAll(row => row.Count(outcome))));
        var times = new[]
        {
            new TotalsColumn("step time", rows.ConvertAll(row => row.Time)),
            new TotalsColumn("saved", rows.ConvertAll(row => row.Saved)),
        };
        var task = new TotalsColumn("task", rows.ConvertAll(row => Printable.Of(row.Task)), IsText: true);
        return [task, .. counts.Concat(times).Where(column => column.Cells.Any(cell => cell != Nothing))];
    }

    private sealed record Row(string Task, IReadOnlyList<StepResult> Steps)
    {
        public string Time => Duration(Steps.Sum(step => step.WallSeconds));

        public string Saved => Duration(RunSummary.SavedBy(Steps));

        public string Count(Outcome outcome) => Steps.Count(step => step.Outcome == outcome) is > 0 and var count
            ? FormattableString.Invariant($"{count}")
            : Nothing;

        private static string Duration(double seconds) => seconds > 0 ? Human.Duration(seconds) : Nothing;
    }
}

/// <summary>A column of <see cref="TaskTotals"/>.</summary>
/// <param name="Head">Its heading.</param>
/// <param name="Cells">A text for each task, and one for all where there are several.</param>
/// <param name="IsText">Whether it holds names rather than numbers.</param>
internal sealed record TotalsColumn(string Head, IReadOnlyList<string> Cells, bool IsText = false)
{
    public string Align(string cell, int width) => IsText ? Columns.Pad(cell, width) : cell.PadLeft(width);
}
