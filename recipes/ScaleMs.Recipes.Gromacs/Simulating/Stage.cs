using ScaleMs.Core.Identity;

namespace ScaleMs.Recipes.Gromacs;

/// <summary>What minimisation and dynamics share: a system, run parameters, and where the results go.</summary>
/// <typeparam name="THandles">The handles.</typeparam>
/// <remarks>
/// Two steps: <c>grompp</c> makes the run input, <c>mdrun</c> runs it. A topology that includes files besides <see cref="Restraints"/> and
/// those of the installed force fields does not work here: grompp finds only declared files.
/// </remarks>
public abstract class Stage<THandles> : Recipe<THandles>
{
    /// <summary>The program.</summary>
    public required Gmx Gmx { get; init; }

    /// <summary>The run parameters (<c>.mdp</c>), with <c>@Name@</c> placeholders for <see cref="Values"/>.</summary>
    /// <remarks>Set gen-seed and ld-seed in it, or each attempt draws its own.</remarks>
    public required SourceFile Parameters { get; init; }

    /// <summary>An object whose properties fill the placeholders; null (the default) when there are none.</summary>
    public object? Values { get; init; }

    /// <summary>The coordinates to start from (<c>.gro</c>).</summary>
    public required Artifact Structure { get; init; }

    /// <summary>The topology.</summary>
    public required Artifact Topology { get; init; }

    /// <summary>The <c>posre.itp</c> that the topology includes; null (the default) when the parameters define no <c>POSRES</c>.</summary>
    public Artifact? Restraints { get; init; }

    /// <summary>OpenMP threads, at least 1, default 1. In the key, because other thread counts give other bytes; also the cores asked for.</summary>
    public int Threads { get; init; } = 1;

    /// <summary>How far positions may be from those of the run before, in nm, for its structure and trajectories to count as the same; null (the default) compares bytes.</summary>
    /// <remarks>Above 0 and below 0.5; see <see cref="PositionTolerance"/>. In the key.</remarks>
    public double? Tolerance { get; init; }

    /// <summary>The same for velocities, in nm/ps; null (the default) for the number of <see cref="Tolerance"/>, without which it does not count.</summary>
    public double? VelocityTolerance { get; init; }

    /// <summary>Memory to claim, such as <c>1 GiB</c>; null (the default) for no claim. Not in the key.</summary>
    public string? Memory { get; init; }

    /// <summary>The time limit as <c>hh:mm:ss</c> or <c>d.hh:mm:ss</c>; null (the default) for none. Not in the key.</summary>
    public string? TimeLimit { get; init; }

    /// <summary>The published files' path without ending, such as <c>results/equilibrate/nvt</c>; null (the default) publishes nothing.</summary>
    public string? PublishAs { get; init; }

    private protected Step AddRunInput(StepBuilder steps, Artifact? reference = null, Artifact? checkpoint = null)
    {
        Check(steps);
        var step = steps.Step("grompp").Input("start.gro", Structure).Input("topol.top", Topology);
        AddParameters(step);
        var optional = AddOptional(step, reference, checkpoint);
        return Gmx
            .Run(
                step, "grompp",
                ["-f", RunFiles.Parameters, "-c", "start.gro", .. optional, "-p", "topol.top", "-o", RunFiles.RunInput, "-po", RunFiles.AllParameters])
            .Output(RunFiles.RunInput, RunFiles.OfAction, RunFiles.Published(PublishAs, ".tpr"))
            .Output(RunFiles.AllParameters, MdpIdentity.Instance, RunFiles.Published(PublishAs, ".mdp"));
    }

    /// <summary>An mdrun step without its outputs.</summary>
    private protected Step AddRun(StepBuilder steps, Step runInput, params string[] more)
    {
        string[] ranks = Gmx.HasThreadMpi ? ["-ntmpi", "1"] : [];
        var step = steps.Step("mdrun").Input(RunFiles.RunInput, runInput.File(RunFiles.RunInput));
        return Gmx
            .Run(step, "mdrun", ["-deffnm", RunFiles.Name, "-v", .. more, "-reprod", .. ranks, "-ntomp", Gmx.Text(Threads), "-pin", "off"])
            .OnSite(Core.Model.SiteFact.ProcessorModel)
            .Resources(cpus: Math.Max(1, Threads), memory: steps.CheckMemory(Memory), time: steps.CheckTimeLimit(TimeLimit))
            .ReportsProgress(() => new MdrunProgress())
            .Output(RunFiles.Structure, Within(PositionTolerance.Structure), RunFiles.Published(PublishAs, ".gro"))
            .Output(RunFiles.Energies, publish: RunFiles.Published(PublishAs, ".edr"))
            .Output(RunFiles.Log, LogIdentity.Instance, RunFiles.Published(PublishAs, ".log"));
    }

    /// <summary>The identity of a file with positions.</summary>
    private protected OutputIdentity Within(Func<double, double?, ToleranceIdentity> rule) =>
        Tolerance is { } nanometres && PositionTolerance.Allows(nanometres) && IsTolerance(VelocityTolerance)
            ? new OutputIdentity.Tolerance(rule(nanometres, VelocityTolerance))
            : OutputIdentity.Bytes;

    private static bool IsTolerance(double? value) => value is null || (value >= 0 && double.IsFinite(value.Value));

    private void Check(StepBuilder steps)
    {
        steps.CheckOption(Threads, Threads >= 1, "a whole number from 1");
        steps.CheckOption(Tolerance, Tolerance is null || PositionTolerance.Allows(Tolerance.Value), "a length above 0 and below 0.5, in nm");
        steps.CheckOption(VelocityTolerance, IsTolerance(VelocityTolerance), "a velocity from 0, in nm/ps");
    }

    private void AddParameters(Step step)
    {
        if (Values is null)
        {
            step.Input(RunFiles.Parameters, Parameters, MdpIdentity.Instance);
        }
        else
        {
            step.Template(RunFiles.Parameters, Parameters, Values, MdpIdentity.Instance);
        }
    }

    private List<string> AddOptional(Step step, Artifact? reference, Artifact? checkpoint)
    {
        List<string> arguments = [];
        if (Restraints is not null)
        {
            step.Input("posre.itp", Restraints);
        }

        if (reference is not null)
        {
            step.Input("reference.gro", reference);
            arguments.AddRange(["-r", "reference.gro"]);
        }

        if (checkpoint is not null)
        {
            step.Input("start.cpt", checkpoint);
            arguments.AddRange(["-t", "start.cpt"]);
        }

        return arguments;
    }
}
