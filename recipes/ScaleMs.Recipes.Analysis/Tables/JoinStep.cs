namespace ScaleMs.Recipes.Analysis;

/// <summary>The function of the step <c>join</c>.</summary>
public static class JoinStep
{
    /// <summary>Reads <c>member-1</c> and so on, writes <c>joined.csv</c>.</summary>
    /// <param name="files">The step's directory.</param>
    /// <param name="choice">What is wanted.</param>
    /// <exception cref="FormatException">A table has other columns than the first.</exception>
    public static void Write(StepFiles files, JoinChoice choice)
    {
        ArgumentNullException.ThrowIfNull(files);
        ArgumentNullException.ThrowIfNull(choice);
        var tables = choice.Labels.Select((label, index) => (Label: label, Table: DataTable.Read(files.ReadLines(Member(index + 1)), label))).ToList();
        if (tables.Find(member => !member.Table.Columns.SequenceEqual(tables[0].Table.Columns, StringComparer.Ordinal)) is { Label: { } odd, Table: var other })
        {
            throw new FormatException($"The table of '{odd}' has the columns {string.Join(", ", other.Columns)}, and that of '{tables[0].Label}' {string.Join(", ", tables[0].Table.Columns)}.");
        }

        var rows = tables.SelectMany(member => member.Table.Rows.Skip(choice.Skip).Select(row => (IReadOnlyList<string>)[member.Label, .. row])).ToList();
        files.WriteText(JoinedTable.ResultFile, new DataTable([choice.LabelColumn, .. tables[0].Table.Columns], rows).ToCsv());
    }

    internal static string Member(int number) => FormattableString.Invariant($"member-{number}");
}

/// <summary>What is joined.</summary>
/// <param name="LabelColumn">The name of the first column.</param>
/// <param name="Labels">What stands in it, member by member.</param>
/// <param name="Skip">How many rows at the beginning of each member do not count.</param>
public sealed record JoinChoice(string LabelColumn, IReadOnlyList<string> Labels, int Skip);
