namespace ScaleMs.Recipes.Lammps;

/// <summary>A table of thermodynamic output: what one or several <c>run</c> commands with the same columns printed.</summary>
/// <param name="Columns">The names of the columns, <c>Step</c> first.</param>
/// <param name="Rows">The rows, each value as LAMMPS printed it, in the units of the script (<c>units</c>).</param>
public sealed record ThermoTable(IReadOnlyList<string> Columns, IReadOnlyList<IReadOnlyList<string>> Rows);
