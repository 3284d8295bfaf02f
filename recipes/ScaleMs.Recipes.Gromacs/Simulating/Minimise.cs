namespace ScaleMs.Recipes.Gromacs;

/// <summary>Energy minimisation: <c>grompp</c> and <c>mdrun</c> with a minimiser as integrator.</summary>
/// <remarks>mdrun writes no checkpoint here, so an interrupted minimisation starts over.</remarks>
public sealed class Minimise : Stage<MinimisedSystem>
{
    /// <summary>Whether not reaching the wanted largest force (<c>emtol</c>) fails the step. Default false: mdrun itself ends with 0 then.</summary>
    /// <remarks>In the key, as part of the success rule.</remarks>
    public bool MustConverge { get; init; }

    /// <inheritdoc/>
    public override MinimisedSystem Define(StepBuilder steps)
    {
        ArgumentNullException.ThrowIfNull(steps);
        var run = AddRun(steps, AddRunInput(steps))
            .SucceedsWhen(rule => rule.FileExists(RunFiles.Structure, "mdrun ended before the minimisation did"));
        if (MustConverge)
        {
            // "did not converge to Fmax" and "converged to machine precision ... but did not reach" must both fail.
            run.SucceedsWhen(rule => rule.Matches(
                "converged to Fmax <", "the largest force stayed above emtol: allow more steps or a larger emtol", RunFiles.Log));
        }

        return new MinimisedSystem(run.File(RunFiles.Structure), run.File(RunFiles.Energies), run.File(RunFiles.Log));
    }
}

/// <summary>What a minimisation leaves.</summary>
/// <param name="Structure">The structure of lowest energy (<c>.gro</c>, nm).</param>
/// <param name="Energies">The energies by step (<c>.edr</c>, kJ/mol).</param>
/// <param name="Log">The log; its identity is <see cref="LogIdentity"/>.</param>
public sealed record MinimisedSystem(Artifact Structure, Artifact Energies, Artifact Log);
