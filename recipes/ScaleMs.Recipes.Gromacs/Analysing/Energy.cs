using ScaleMs.Core.Identity;

namespace ScaleMs.Recipes.Gromacs;

/// <summary>Energies and other thermodynamic terms over time: <c>gmx energy</c>.</summary>
/// <remarks>One step, <c>energy</c>. The output has the time in ps and then one column per term, in the order in which the file holds the terms.</remarks>
public sealed class Energy : Recipe<Artifact>
{
    /// <summary>The program.</summary>
    public required Gmx Gmx { get; init; }

    /// <summary>The energies of a run (<c>.edr</c>).</summary>
    public required Artifact Energies { get; init; }

    /// <summary>The terms' names; at least one. Default: Potential (kJ/mol), Temperature (K), Pressure (bar).</summary>
    public IReadOnlyList<string> Terms { get; init; } = ["Potential", "Temperature", "Pressure"];

    /// <summary>Where the table is published, such as <c>results/energy.xvg</c>; null (the default) publishes nothing.</summary>
    public string? PublishAs { get; init; }

    /// <summary>How far the numbers of the table may be from those before for it to count as the same; null (the default) compares bytes.</summary>
    /// <remarks>The table names no columns: give one its own tolerance by its number from 1. In the key.</remarks>
    public ToleranceIdentity? Tolerance { get; init; }

    /// <inheritdoc/>
    public override Artifact Define(StepBuilder steps)
    {
        ArgumentNullException.ThrowIfNull(steps);
        steps.CheckOption(Terms, Terms.Count > 0 && Terms.All(term => term.Length > 0), "at least one term by its name, such as 'Potential'");
        return Gmx
            .Run(steps.Step("energy").Input(RunFiles.Energies, Energies), "energy", "-f", RunFiles.Energies, "-o", "energy.xvg", "-xvg", "none")
            .Answering(string.Join('\n', Terms) + "\n\n")
            .Output("energy.xvg", TrajectoryAnalysis.Within(Tolerance), PublishAs)
            .SucceedsWhen(rule => rule.DoesNotMatch("No energy terms selected", "the energy file has no term of that name"))
            .File("energy.xvg");
    }
}
