using Cake.Core;
using ScaleMs;
using ScaleMs.Recipes.Gromacs;

namespace Simulate;

/// <summary>The study's parameters, each settable with <c>--set name=value</c>.</summary>
public sealed class MdContext : ScaleMsContext
{
    /// <summary>Reads the parameters.</summary>
    /// <param name="context">Cake's context.</param>
    public MdContext(ICakeContext context)
        : base(context, "workflows/simulate")
    {
        Size = Parameters.Choice("size", "standard", ["smoke", "standard"], "how long the stages are: smoke takes seconds, standard a minute or two");
        Steps = StudySize.Of(Size);
        var production = Parameters.Integer("nsteps", 0, 0, 1_000_000_000_000, "steps of production per replica, 2 fs each; 0: by size");
        Steps = production > 0 ? Steps with { Produce = production } : Steps;
        Seed = Parameters.Integer("seed", 1_000, 1, 2_000_000_000, "the study's seed; replica i takes seed + i");
        Replicas = Replica.Of(
            (int)Parameters.Integer("replicas", 4, 1, 10_000, "how many replicas"),
            Parameters.Numbers("temperatures", [290, 300, 310, 320], 1, 1_000, "temperatures of the replicas, K; the list starts again when it ends"),
            Seed);
        Threads = (int)Parameters.Integer("threads", 1, 1, 1_024, "OpenMP threads per mdrun; other counts give other bytes");
        CheckpointMinutes = Parameters.Number("checkpoint", 15, 0.01, 10_000, "wall time between checkpoints, minutes");
        Structure = StructureOf(Parameters.Text("structure", "", "a PDB file to study, relative to the workspace; empty: crambin"));
        ForceField = Parameters.Text("forcefield", "amber99sb-ildn", "the force field, by its name in GROMACS");
        Water = Parameters.Text("water", "tip3p", "the water model, by its name in GROMACS");
        Gmx = new Gmx(Parameters.Text("gmx", "", "the gmx program; empty: GMX_BIN, else gmx or gmx_mpi on the PATH"), Env("GMX_BIN"));
    }

    /// <summary>The size's name.</summary>
    public string Size { get; }

    /// <summary>How long the stages are.</summary>
    public StudySize Steps { get; }

    /// <summary>The replicas.</summary>
    public IReadOnlyList<Replica> Replicas { get; }

    /// <summary>The study's seed.</summary>
    public long Seed { get; }

    /// <summary>OpenMP threads per mdrun.</summary>
    public int Threads { get; }

    /// <summary>Wall time between checkpoints, minutes.</summary>
    public double CheckpointMinutes { get; }

    /// <summary>The structure that is studied.</summary>
    public SourceFile Structure { get; }

    /// <summary>The force field's name.</summary>
    public string ForceField { get; }

    /// <summary>The water model's name.</summary>
    public string Water { get; }

    /// <summary>The program.</summary>
    public Gmx Gmx { get; }

    private SourceFile StructureOf(string path) => path.Length == 0 ? Source("inputs/crambin.pdb") : new SourceFile(path);
}
