namespace ScaleMs.Recipes.Lammps;

/// <summary>The function of the step <c>thermo</c>.</summary>
public static class ThermoStep
{
    /// <summary>Reads <c>log.lammps</c>, writes <c>thermo.csv</c>.</summary>
    /// <param name="files">The step's directory.</param>
    /// <param name="choice">Which table.</param>
    /// <exception cref="FormatException">The log has no such table.</exception>
    public static void Write(StepFiles files, ThermoChoice choice)
    {
        ArgumentNullException.ThrowIfNull(files);
        ArgumentNullException.ThrowIfNull(choice);
        var tables = ThermoLog.Read(files.ReadLines(Script.LogFile));
        var number = choice.Table == 0 ? tables.Count : choice.Table;
        var table = number > 0 && number <= tables.Count
            ? tables[number - 1]
            : throw new FormatException($"'{Script.LogFile}' has {tables.Count} tables of thermodynamic output whose first column is 'Step'; number {number} was asked for.");
        files.WriteText(Thermo.TableFile, string.Concat(table.Rows.Prepend(table.Columns).Select(row => string.Join(',', row) + "\n")));
    }
}

/// <summary>Which table of a log is wanted.</summary>
/// <param name="Table">Its number from 1; 0 for the last one.</param>
public sealed record ThermoChoice(int Table);
