namespace ScaleMs.Recipes.Lammps;

/// <summary>The thermodynamic output of a run as a table (<c>.csv</c>): a line of names, then a row for each step that was printed.</summary>
/// <remarks>One step, <c>thermo</c>. The values are those of the log, digit by digit, in the units of the script.</remarks>
public sealed class Thermo : Recipe<Artifact>
{
    /// <summary>The name of the table.</summary>
    public const string TableFile = "thermo.csv";

    /// <summary>The log of the run.</summary>
    public required Artifact Log { get; init; }

    /// <summary>Which table of the log, from 1; 0 (the default) for the last one. Runs with the same columns that go on counting make one table.</summary>
    public int Table { get; init; }

    /// <summary>Where the table is published, such as <c>results/thermo.csv</c>; null (the default) publishes nothing. Not in the key.</summary>
    public string? PublishAs { get; init; }

    /// <inheritdoc/>
    public override Artifact Define(StepBuilder steps)
    {
        ArgumentNullException.ThrowIfNull(steps);
        steps.CheckOption(Table, Table >= 0, "a whole number from 0");
        return steps.Step("thermo")
            .Input(Script.LogFile, Log)
            .Call(ThermoStep.Write, new ThermoChoice(Table))
            .Output(TableFile, publish: PublishAs)
            .File(TableFile);
    }
}
