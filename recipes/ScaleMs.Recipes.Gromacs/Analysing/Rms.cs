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

    /// <inheritdoc/>
    public override Artifact Define(StepBuilder steps)
    {
        ArgumentNullException.ThrowIfNull(steps);
        return TrajectoryAnalysis.Add(Gmx, steps.Step("rms"), Run, "rms", "rmsd.xvg", PublishAs)
            .Answering($"{FitGroup}\n{Group}\n")
            .File("rmsd.xvg");
    }
}
