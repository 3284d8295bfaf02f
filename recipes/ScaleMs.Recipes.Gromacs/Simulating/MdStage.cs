using ScaleMs.Core.Identity;

namespace ScaleMs.Recipes.Gromacs;

/// <summary>A stage of molecular dynamics, such as heating, equilibration or production: <c>grompp</c> and <c>mdrun</c>.</summary>
/// <remarks>
/// Runs with <c>-reprod</c> and an explicit thread count, so that the same inputs give the same bytes on one type of processor, which is
/// therefore in the key. An attempt that was interrupted is continued from its checkpoint; a continued run gives the same
/// trajectory up to rounding, which need not be the same bytes.
/// </remarks>
public sealed class MdStage : Stage<MdRun>
{
    private const string Unfinished =
        "mdrun stopped before its last step, as after a signal or -maxh";

    /// <summary>The positions that restraints hold on to (<c>grompp -r</c>); null (the default) when nothing is restrained.</summary>
    public Artifact? Reference { get; init; }

    /// <summary>The checkpoint whose velocities and couplings the stage goes on from (<c>grompp -t</c>); null (the default) for none.</summary>
    public Artifact? ContinuesFrom { get; init; }

    /// <summary>Whether the parameters draw velocities (<c>gen-vel = yes</c>); two replicas with equal keys are then an error. Default false.</summary>
    public bool DrawsVelocities { get; init; }

    /// <summary>Whether the parameters write a compressed trajectory (<c>nstxout-compressed</c> above 0). Default true.</summary>
    public bool WritesTrajectory { get; init; } = true;

    /// <summary>Whether the parameters write full-precision frames to a <c>.trr</c> (<c>nstxout</c>, <c>nstvout</c> or <c>nstfout</c> above 0). Default false.</summary>
    public bool WritesFullTrajectory { get; init; }

    /// <summary>Wall time between checkpoints, in minutes; above 0. Default 15, as mdrun's own; null leaves the flag out.</summary>
    /// <remarks>In the key with the other arguments, though it changes no result: keep it when a study is to be continued.</remarks>
    public double? CheckpointMinutes { get; init; } = 15;

    /// <summary>Whether a warning of LINCS or SETTLE fails the step. Default false: mdrun itself goes on and may end with 0.</summary>
    /// <remarks>Constraints that cannot be kept are the first sign of a time step too long or a bad start. In the key, as part of the success rule.</remarks>
    public bool MustKeepConstraints { get; init; }

    // What mdrun appends to when it continues; with one of these missing it refuses to.
    private List<string> Appended
    {
        get
        {
            List<string> files = [RunFiles.Log, RunFiles.Energies];
            files.AddRange(WritesTrajectory ? [RunFiles.Trajectory] : []);
            files.AddRange(WritesFullTrajectory ? [RunFiles.FullTrajectory] : []);
            return files;
        }
    }

    /// <inheritdoc/>
    public override MdRun Define(StepBuilder steps)
    {
        ArgumentNullException.ThrowIfNull(steps);
        steps.CheckOption(CheckpointMinutes, CheckpointMinutes is null or (> 0 and < double.PositiveInfinity), "a number of minutes above 0");
        var runInput = AddRunInput(steps, Reference, ContinuesFrom);
        string[] interval = CheckpointMinutes is { } minutes ? ["-cpt", Gmx.Text(minutes)] : [];

        // -cpi may always be given: without the file mdrun starts from scratch, with the same bytes.
        var run = AddRun(steps, runInput, ["-cpi", RunFiles.Checkpoint, .. interval])
            .Output(RunFiles.Checkpoint, RunFiles.OfAction, RunFiles.Published(PublishAs, ".cpt"))
            .Checkpoint([RunFiles.Checkpoint, .. Appended])
            .SucceedsWhen(rule => rule.FileExists(RunFiles.Structure, Unfinished));
        AddTrajectories(run);
        AddRules(run);
        return new MdRun(
            runInput.File(RunFiles.RunInput), run.File(RunFiles.Structure), run.File(RunFiles.Checkpoint),
            run.File(RunFiles.Trajectory), run.File(RunFiles.Energies), run.File(RunFiles.Log));
    }

    private void AddTrajectories(Step run)
    {
        if (WritesTrajectory)
        {
            run.Output(RunFiles.Trajectory, Within(Frames), RunFiles.Published(PublishAs, ".xtc"));
        }

        if (WritesFullTrajectory)
        {
            run.Output(RunFiles.FullTrajectory, Within(Frames), RunFiles.Published(PublishAs, ".trr"));
        }
    }

    private static ToleranceIdentity Frames(double nanometres, double? velocity) => PositionTolerance.Trajectory(nanometres, velocity);

    private void AddRules(Step run)
    {
        if (DrawsVelocities)
        {
            run.Stochastic();
        }

        if (MustKeepConstraints)
        {
            run.SucceedsWhen(rule => rule.DoesNotMatch(
                "LINCS WARNING|can not be settled", "constraints could not be kept: check the start and the time step"));
        }
    }
}
