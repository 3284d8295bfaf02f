using Cake.Frosting;
using ScaleMs;
using ScaleMs.Recipes.Gromacs;

namespace Simulate;

/// <summary>The production run of every replica, each with a temperature and a seed of its own.</summary>
[TaskName("produce"), TaskDescription("The production run of every replica")]
public sealed class ProduceTask(PrepareTask prepare, EquilibrateTask equilibrate) : StepTask<MdContext>
{
    /// <summary>The runs by replica.</summary>
    public Members<Replica, MdRun> Runs { get; private set; } = null!;

    /// <inheritdoc/>
    public override void Define(StepBuilder steps, MdContext context)
    {
        ArgumentNullException.ThrowIfNull(steps);
        ArgumentNullException.ThrowIfNull(context);
        Runs = steps.ForEach("replica", context.Replicas, replica => replica.Index, (member, replica) => member.Use("prod", Run(context, replica)));
    }

    private MdStage Run(MdContext context, Replica replica) => new()
    {
        Gmx = context.Gmx,
        Parameters = context.Source("mdp/prod.mdp"),
        Values = new { Nsteps = context.Steps.Produce, replica.Temperature, replica.Seed },
        Structure = equilibrate.Final.Structure,
        Topology = prepare.System.Topology,
        DrawsVelocities = true,
        MustKeepConstraints = true,
        CheckpointMinutes = context.CheckpointMinutes,
        Threads = context.Threads,
        PublishAs = Results.Of(replica, "prod"),
    };
}
