using Cake.Frosting;
using ScaleMs;
using ScaleMs.Recipes.Gromacs;

namespace Simulate;

/// <summary>What each replica shows, and all of them in one table, one summary and plots.</summary>
[TaskName("analyse"), TaskDescription("Energies, RMSD, radius of gyration and RDF of every replica; table, summary and plots")]
public sealed class AnalyseTask(ProduceTask produce) : StepTask<MdContext>
{
    /// <inheritdoc/>
    public override void Define(StepBuilder steps, MdContext context)
    {
        ArgumentNullException.ThrowIfNull(steps);
        ArgumentNullException.ThrowIfNull(context);
        var replicas = steps.ForEach(
            "replica", produce.Runs, run => run.Item.Index, (member, run) => Analyse(member, context, run.Item, run.Handles));
        var results = replicas.Select(member => (member.Item.Item, member.Handles)).ToList();
        var table = AddTable(steps, results);
        AddSummary(steps, context, table);
        steps.ForEach("figure", Figure.All, figure => figure.Name, (member, figure) => figure.Add(member, context, results));
    }

    private static ReplicaResults Analyse(StepBuilder steps, MdContext context, Replica replica, MdRun run)
    {
        var energy = steps.Use(new Energy { Gmx = context.Gmx, Energies = run.Energies, PublishAs = Results.Of(replica, "energy.xvg") });
        var rmsd = steps.Use(new Rms { Gmx = context.Gmx, Run = run, PublishAs = Results.Of(replica, "rmsd.xvg") });
        var gyration = steps.Use(new Gyrate { Gmx = context.Gmx, Run = run, PublishAs = Results.Of(replica, "gyrate.xvg") });
        var rdf = steps.Use(new Rdf { Gmx = context.Gmx, Run = run, PublishAs = Results.Of(replica, "rdf.xvg") });
        var row = steps.Step("row")
            .Input("energy.xvg", energy).Input("rmsd.xvg", rmsd).Input("gyrate.xvg", gyration).Input("rdf.xvg", rdf)
            .Call(ReplicaRow.Write, replica)
            .Output("row.csv", publish: Results.Of(replica, "row.csv"));
        return new ReplicaResults(energy, rmsd, gyration, rdf, row.File("row.csv"));
    }

    private static Artifact AddTable(StepBuilder steps, List<(Replica Replica, ReplicaResults Results)> replicas)
    {
        var rows = replicas.Select(member => $"{member.Replica.Name}.csv").ToList();
        var table = steps.Step("table").Call(EnsembleTable.Merge, new TableRows(rows)).Output("ensemble.csv", publish: Results.Table);
        foreach (var (replica, results) in replicas)
        {
            table.Input($"{replica.Name}.csv", results.Row);
        }

        return table.File("ensemble.csv");
    }

    private static void AddSummary(StepBuilder steps, MdContext context, Artifact table) => steps.Step("summary")
        .Input("ensemble.csv", table)
        .Call(EnsembleSummary.Write, new Study(
            Path.GetFileName(context.Structure.Path), context.ForceField, context.Water, context.Size,
            context.Steps.Minimise, context.Steps.Equilibrate, context.Steps.Produce, context.Seed, context.Threads))
        .Output("summary.json", publish: Results.Summary);
}

/// <summary>What the analyses of one replica leave.</summary>
/// <param name="Energy">Time (ps), potential energy (kJ/mol), temperature (K), pressure (bar).</param>
/// <param name="Rmsd">Time (ps), deviation of the backbone from the start (nm).</param>
/// <param name="Gyration">Time (ps), radius of gyration of the protein (nm).</param>
/// <param name="Rdf">Distance (nm), g(r) of the oxygens of water.</param>
/// <param name="Row">The replica's row of the table.</param>
public sealed record ReplicaResults(Artifact Energy, Artifact Rmsd, Artifact Gyration, Artifact Rdf, Artifact Row);
