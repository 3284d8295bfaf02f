using ScaleMs.Core.Events;
using ScaleMs.Core.Planning;
using ScaleMs.Reporting.Wording;

namespace ScaleMs.Reporting.Terminal;

/// <summary>The table at the end: a row a task, and only columns in which something happened, so that it stays narrow.</summary>
internal static class TaskTable
{
    private const string Nothing = "-";
    private const string Gap = "  ";

    public static IEnumerable<string> Of(IReadOnlyList<StepResult> steps, Palette palette, int most)
    {
        var rows = steps.GroupBy(step => step.Id.Task, StringComparer.Ordinal).Select(group => new Row(group.Key, group.ToList())).ToList();
        if (rows.Count > 1)
        {
            rows.Add(new Row("total", steps));
        }

        var columns = Columns(rows);
        var widths = columns.Select(column => column.Cells.Append(column.Head).Max(Wording.Columns.Of)).ToList();
        string Render(Func<Column, string> cell) =>
            Wording.Columns.Fit(string.Join(Gap, columns.Select((column, i) => column.Align(cell(column), widths[i]))).TrimEnd(), most);

        yield return palette.Paint(Ink.Faint, Render(column => column.Head));
        for (var i = 0; i < rows.Count; i++)
        {
            yield return Render(column => column.Cells[i]);
        }
    }

    private static List<Column> Columns(List<Row> rows)
    {
        var counts = Verbs.All.ToArray().Select(outcome => new Column(Verbs.Of(outcome), rows.ConvertAll(row => row.Count(outcome))));
        var times = new[]
        {
            new Column("step time", rows.ConvertAll(row => row.Time)),
            new Column("saved", rows.ConvertAll(row => row.Saved)),
        };
        var task = new Column("task", rows.ConvertAll(row => Printable.Of(row.Task)), IsText: true);
        return [task, .. counts.Concat(times).Where(column => column.Cells.Any(cell => cell != Nothing))];
    }

    private sealed record Column(string Head, IReadOnlyList<string> Cells, bool IsText = false)
    {
        public string Align(string cell, int width) => IsText ? Wording.Columns.Pad(cell, width) : cell.PadLeft(width);
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
