using ScaleMs.Core.Identity;

namespace ScaleMs.Recipes.Gromacs;

/// <summary>A radial distribution function, averaged over a run: <c>gmx rdf</c>.</summary>
/// <remarks>One step, <c>rdf</c>. The output has the distance in nm and the dimensionless g(r).</remarks>
public sealed class Rdf : Recipe<Artifact>
{
    /// <summary>The program.</summary>
    public required Gmx Gmx { get; init; }

    /// <summary>The run.</summary>
    public required MdRun Run { get; init; }

    /// <summary>The selection that distances start from. Default <c>name OW</c>, the oxygen of water.</summary>
    public string Reference { get; init; } = "name OW";

    /// <summary>The selection that distances lead to. Default <c>name OW</c>.</summary>
    public string Selection { get; init; } = "name OW";

    /// <summary>The width of a bin in nm; above 0, default 0.01.</summary>
    public double BinWidth { get; init; } = 0.01;

    /// <summary>The largest distance in nm; above 0 and at most half the box, default 1.</summary>
    public double MaxDistance { get; init; } = 1;

    /// <summary>Where the table is published, such as <c>results/rdf.xvg</c>; null (the default) publishes nothing.</summary>
    public string? PublishAs { get; init; }

    /// <summary>How far the numbers of the table may be from those before for it to count as the same; null (the default) compares bytes.</summary>
    /// <remarks>The table names no columns: give one its own tolerance by its number from 1. In the key.</remarks>
    public ToleranceIdentity? Tolerance { get; init; }

    /// <inheritdoc/>
    public override Artifact Define(StepBuilder steps)
    {
        ArgumentNullException.ThrowIfNull(steps);
        steps.CheckOption(BinWidth, BinWidth > 0 && double.IsFinite(BinWidth), "a length above 0, in nm");
        steps.CheckOption(MaxDistance, MaxDistance > 0 && double.IsFinite(MaxDistance), "a length above 0, in nm");
        steps.CheckOption(Reference, Reference.Length > 0, "a selection");
        steps.CheckOption(Selection, Selection.Length > 0, "a selection");
        return TrajectoryAnalysis.Add(
                Gmx, steps.Step("rdf"), Run, "rdf", "rdf.xvg", PublishAs, Tolerance,
                "-ref", Reference, "-sel", Selection, "-bin", Gmx.Text(BinWidth), "-rmax", Gmx.Text(MaxDistance))
            .File("rdf.xvg");
    }
}
