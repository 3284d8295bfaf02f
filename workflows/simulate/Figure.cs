using ScaleMs;

namespace Simulate;

/// <summary>A plot with one curve per replica: a step of its own, drawn by gnuplot.</summary>
/// <param name="Name">The plot's name and its file's.</param>
/// <param name="Title">The title.</param>
/// <param name="X">The horizontal axis, with its unit.</param>
/// <param name="Y">The vertical axis, with its unit.</param>
/// <param name="Data">Which of a replica's tables is drawn.</param>
/// <param name="Column">Which of its columns against the first; counted from 1.</param>
internal sealed record Figure(string Name, string Title, string X, string Y, Func<ReplicaResults, Artifact> Data, int Column)
{
    // "gnuplot 5.4 patchlevel 4" is all that --version prints.
    private static readonly ToolSpec Gnuplot = ToolSpec.Versioned("gnuplot", [], ["--version"], ["gnuplot "]);

    public static IReadOnlyList<Figure> All { get; } =
    [
        new("potential", "Potential energy", "Time / ps", "Potential energy / kJ mol^{-1}", results => results.Energy, 2),
        new("temperature", "Temperature", "Time / ps", "Temperature / K", results => results.Energy, 3),
        new("rmsd", "Backbone RMSD from the start of production", "Time / ps", "RMSD / nm", results => results.Rmsd, 2),
        new("gyration", "Radius of gyration of the protein", "Time / ps", "Radius of gyration / nm", results => results.Gyration, 2),
        new("rdf", "Radial distribution of water oxygens", "Distance / nm", "g(r)", results => results.Rdf, 2),
    ];

    public Artifact Add(StepBuilder steps, MdContext context, IReadOnlyList<(Replica Replica, ReplicaResults Results)> replicas)
    {
        var labels = string.Join(' ', replicas.Select(member => FormattableString.Invariant($"\"{member.Replica.Index}: {member.Replica.Temperature} K\"")));
        var plot = steps.Step("plot")
            .Template("plot.gp", context.Source("plots/replicas.gp"), new { Title, X, Y, Column, Labels = labels })
            .Tool(Gnuplot)
            .Run("gnuplot", "--default-settings", "plot.gp")
            .Output("plot.svg", publish: Results.Plot(Name));
        foreach (var (replica, results) in replicas)
        {
            plot.Input($"{replica.Name}.xvg", Data(results));
        }

        return plot.File("plot.svg");
    }
}
