using ScaleMs.Core.Identity;

namespace ScaleMs.Recipes.Gromacs;

/// <summary>Root-mean-square deviation from the start of a run, after fitting: <c>gmx rms</c>.</summary>
/// <remarks>One step, <c>rms</c>. The output has the time in ps and the deviation in nm.</remarks>
public sealed class Rms : Recipe<Artifact>
{
    /// <summary>The program.</summary>
    public required Gmx Gmx { get; init; }

    /// <summary>The run.</summary>
    public required MdRun Run { get; init; }

    /// <summary>The index group that is fitted. Default <c>Backbone</c>.</summary>
    public string FitGroup { get; init; } = "Backbone";

    /// <summary>The index group whose deviation is told. Default <c>Backbone</c>.</summary>
    public string Group { get; init; } = "Backbone";

    /// <summary>Where the table is published, such as <c>results/rmsd.xvg</c>; null (the default) publishes nothing.</summary>
    public string? PublishAs { get; init; }

    /// <summary>How far the numbers of the table may be from those before for it to count as the same; null (the default) compares bytes.</summary>
    /// <remarks>The table names no columns: give one its own tolerance by its number from 1. In the key.</remarks>
    public ToleranceIdentity? Tolerance { get; init; }

    /// <inheritdoc/>
    public override Artifact Define(StepBuilder steps)
    {
        ArgumentNullException.ThrowIfNull(steps);
        steps.CheckOption(FitGroup, FitGroup.Length > 0, "the name of an index group");
        steps.CheckOption(Group, Group.Length > 0, "the name of an index group");
        return TrajectoryAnalysis.Add(Gmx, steps.Step("rms"), Run, "rms", "rmsd.xvg", PublishAs, Tolerance)
            .Answering($"{FitGroup}\n{Group}\n")
            .File("rmsd.xvg");
    }
}
