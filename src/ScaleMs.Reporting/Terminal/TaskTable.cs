using ScaleMs.Core.Events;
using ScaleMs.Reporting.Wording;

namespace ScaleMs.Reporting.Terminal;

/// <summary>The table at the end: a row a task, and only columns in which something happened, so that it stays narrow.</summary>
internal static class TaskTable
{
    private const string Gap = "  ";

    public static IEnumerable<string> Of(IReadOnlyList<StepResult> steps, Palette palette, int most)
    {
        var columns = TaskTotals.Of(steps);
        var widths = columns.Select(column => column.Cells.Append(column.Head).Max(Columns.Of)).ToList();
        string Render(Func<TotalsColumn, string> cell) =>
            Columns.Fit(string.Join(Gap, columns.Select((column, i) => column.Align(cell(column), widths[i]))).TrimEnd(), most);

        yield return palette.Paint(Ink.Faint, Render(column => column.Head));
        for (var i = 0; i < columns[0].Cells.Count; i++)
        {
            yield return Render(column => column.Cells[i]);
        }
    }
}
