using ScaleMs.Core.Events;
using ScaleMs.Core.Planning;

namespace ScaleMs.Reporting.Wording;

/// <summary>What happened to the steps of each task, and in all: columns of texts, and only those in which something happened.</summary>
internal static class TaskTotals
{
    private const string Nothing = "-";

    public static IReadOnlyList<TotalsColumn> Of(IReadOnlyList<StepResult> steps)
    {
        var rows = RowsOf(steps);
        var counts = Verbs.All.ToArray().Select(outcome => new TotalsColumn(Verbs.Of(outcome), rows.ConvertAll(row => row.Count(outcome))));
        var times = new[]
        {
            new TotalsColumn("step time", rows.ConvertAll(row => row.Time)),
            new TotalsColumn("saved", rows.ConvertAll(row => row.Saved)),
        };
        var task = new TotalsColumn("task", rows.ConvertAll(row => Printable.Of(row.Task)), IsText: true);
        return [task, .. counts.Concat(times).Where(column => column.Cells.Any(cell => cell != Nothing))];
    }

    /// <summary>A row for each task in the order in which they first come, and one for all where there are several. Counted in one pass: each result is made when it is asked for.</summary>
    private static List<Row> RowsOf(IReadOnlyList<StepResult> steps)
    {
        var (rows, byTask, total) = (new List<Row>(), new Dictionary<string, Row>(StringComparer.Ordinal), new Row("total"));
        for (var i = 0; i < steps.Count; i++)
        {
            var step = steps[i];
            if (!byTask.TryGetValue(step.Id.Task, out var row))
            {
                byTask.Add(step.Id.Task, row = new Row(step.Id.Task));
                rows.Add(row);
            }

            row.Add(step);
            total.Add(step);
        }

        return rows.Count > 1 ? [.. rows, total] : rows;
    }

    private sealed class Row(string task)
    {
        private readonly int[] _counts = new int[Enum.GetValues<Outcome>().Length];
        private double _seconds;
        private double _savedSeconds;

        public string Task { get; } = task;

        public string Time => Duration(_seconds);

        public string Saved => Duration(_savedSeconds);

        public void Add(StepResult step)
        {
            _counts[(int)step.Outcome]++;
            _seconds += step.WallSeconds;
            _savedSeconds += step.SavedSeconds;
        }

        public string Count(Outcome outcome) => _counts[(int)outcome] is > 0 and var count ? FormattableString.Invariant($"{count}") : Nothing;

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
