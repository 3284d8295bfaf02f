using Cake.Frosting;
using ScaleMs;
using ScaleMs.Recipes.Gromacs;

namespace Simulate;

/// <summary>Minimisation, then heating at constant volume and settling at constant pressure, with the protein's heavy atoms held.</summary>
[TaskName("equilibrate"), TaskDescription("Minimisation, NVT and NPT equilibration")]
public sealed class EquilibrateTask(PrepareTask prepare) : StepTask<MdContext>
{
    /// <summary>The end of equilibration.</summary>
    public MdRun Final { get; private set; } = null!;

    /// <inheritdoc/>
    public override void Define(StepBuilder steps, MdContext context)
    {
        ArgumentNullException.ThrowIfNull(steps);
        ArgumentNullException.ThrowIfNull(context);
        var minimised = Minimise(steps, context);
        var heated = Stage(steps, context, "nvt", minimised.Structure, minimised, continuesFrom: null);
        Final = Stage(steps, context, "npt", heated.Structure, minimised, heated.Checkpoint);
    }

    private MinimisedSystem Minimise(StepBuilder steps, MdContext context) => steps.Use("em", new Minimise
    {
        Gmx = context.Gmx,
        Parameters = context.Source("mdp/em.mdp"),
        Values = new { Nsteps = context.Steps.Minimise },
        Structure = prepare.System.Structure,
        Topology = prepare.System.Topology,
        Threads = context.Threads,
        PublishAs = $"{Results.Equilibrate}/em",
    });

    private MdRun Stage(
        StepBuilder steps, MdContext context, string name, Artifact start, MinimisedSystem reference, Artifact? continuesFrom) => steps.Use(name, new MdStage
    {
        Gmx = context.Gmx,
        Parameters = context.Source($"mdp/{name}.mdp"),
        Values = new { Nsteps = context.Steps.Equilibrate },
        Structure = start,
        Topology = prepare.System.Topology,
        Restraints = prepare.System.Restraints,
        Reference = reference.Structure,
        ContinuesFrom = continuesFrom,
        DrawsVelocities = continuesFrom is null,
        MustKeepConstraints = true,
        CheckpointMinutes = context.CheckpointMinutes,
        Threads = context.Threads,
        PublishAs = $"{Results.Equilibrate}/{name}",
    });
}
