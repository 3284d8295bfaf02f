using Cake.Frosting;
using ScaleMs;
using ScaleMs.Recipes.Gromacs;

namespace Simulate;

/// <summary>From the PDB file to a solvated, neutral system.</summary>
[TaskName("prepare"), TaskDescription("Topology, box, solvent and ions")]
public sealed class PrepareTask : StepTask<MdContext>
{
    /// <summary>The system.</summary>
    public PreparedSystem System { get; private set; } = null!;

    /// <inheritdoc/>
    public override void Define(StepBuilder steps, MdContext context)
    {
        ArgumentNullException.ThrowIfNull(steps);
        ArgumentNullException.ThrowIfNull(context);
        System = steps.Use("system", new Prepare
        {
            Gmx = context.Gmx,
            Structure = context.Structure,
            IonParameters = context.Source("mdp/ions.mdp"),
            ForceField = context.ForceField,
            Water = context.Water,
            PublishTo = Results.Prepare,
        });
    }
}
