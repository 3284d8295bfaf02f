using ScaleMs.Core.Identity;

namespace ScaleMs.Recipes.Gromacs;

/// <summary>The radius of gyration over time: <c>gmx gyrate</c>.</summary>
/// <remarks>One step, <c>gyrate</c>. The output has the time in ps, the radius and its parts about the x, y and z axes in nm.</remarks>
public sealed class Gyrate : Recipe<Artifact>
{
    /// <summary>The program.</summary>
    public required Gmx Gmx { get; init; }

    /// <summary>The run.</summary>
    public required MdRun Run { get; init; }

    /// <summary>The index group. Default <c>Protein</c>.</summary>
    public string Group { get; init; } = "Protein";

    /// <summary>The module's name. Default <c>gyrate</c>; from GROMACS 2024 on the module described here is called <c>gyrate-legacy</c>.</summary>
    public string Module { get; init; } = "gyrate";

    /// <summary>Where the table is published, such as <c>results/gyrate.xvg</c>; null (the default) publishes nothing.</summary>
    public string? PublishAs { get; init; }

    /// <summary>How far the numbers of the table may be from those before for it to count as the same; null (the default) compares bytes.</summary>
    /// <remarks>The table names no columns: give one its own tolerance by its number from 1. In the key.</remarks>
    public ToleranceIdentity? Tolerance { get; init; }

    /// <inheritdoc/>
    public override Artifact Define(StepBuilder steps)
    {
        ArgumentNullException.ThrowIfNull(steps);
        steps.CheckOption(Group, Group.Length > 0, "the name of an index group");
        steps.CheckOption(Module, Module.Length > 0, "the name of a module of gmx");
        return TrajectoryAnalysis.Add(Gmx, steps.Step("gyrate"), Run, Module, "gyrate.xvg", PublishAs, Tolerance)
            .Answering($"{Group}\n")
            .File("gyrate.xvg");
    }
}
