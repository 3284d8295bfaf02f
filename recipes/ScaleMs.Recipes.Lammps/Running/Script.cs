using System.Globalization;

namespace ScaleMs.Recipes.Lammps;

/// <summary>Runs an input script: <c>lmp</c>, with variables, files, and a restart file to continue from.</summary>
/// <remarks>
/// One step, <c>lmp</c>. The same script, variables, files and numbers of ranks and threads give the same bytes on one type of processor, which is therefore in the key; seeds
/// belong to the script or its variables. All options are in the key, but for <see cref="Memory"/>, <see cref="TimeLimit"/> and <see cref="PublishTo"/>.
/// </remarks>
public sealed class Script : Recipe<ScriptRun>
{
    /// <summary>The name of the log.</summary>
    public const string LogFile = "log.lammps";

    private const string InputFile = "in.lammps";
    private static readonly string[] Suffixes = ["gpu", "intel", "kk", "omp", "opt"];

    /// <summary>The program.</summary>
    public required Lmp Lmp { get; init; }

    /// <summary>The input script.</summary>
    public required SourceFile Input { get; init; }

    /// <summary>Variables of the script (<c>-var</c>). Default: none.</summary>
    public ScriptVariables Variables { get; } = new();

    /// <summary>Files of the user's that the script reads, by the names that it gives them: data files, potentials, included scripts. Default: none.</summary>
    public Dictionary<string, SourceFile> Files { get; } = [];

    /// <summary>Files that other steps make and the script reads, by the names that it gives them. Default: none.</summary>
    public Dictionary<string, Artifact> Artifacts { get; } = [];

    /// <summary>Files that the script writes and that are wanted, besides the log. Default: none.</summary>
    public IReadOnlyList<ScriptOutput> Outputs { get; init; } = [];

    /// <summary>The restart file that the script writes now and then, and from which an interrupted run is continued; null (the default) when a run always starts over.</summary>
    /// <remarks>
    /// The script says <c>restart 1000 NAME NAME</c>, counts its steps with <c>run … upto</c>, writes its rows at once (<c>thermo_modify flush yes</c>), and finds in the variable
    /// <c>continued</c> a 1 when it is to begin with <c>read_restart NAME</c>, else a 0. It is an output, optional because a short run writes none. Files that grow while the script runs, such
    /// as a dump of all frames, are not cut back to the restart: frames behind it come twice; one file for each frame is right.
    /// </remarks>
    public string? Restart { get; init; }

    /// <summary>MPI ranks, at least 1, default 1; more are started by <see cref="Mpirun"/>, and the program must have been built with MPI. Each asks for a core, or as many as it has threads.</summary>
    public int Ranks { get; init; } = 1;

    /// <summary>What starts more than one rank. Default: <c>mpirun</c> on the PATH.</summary>
    public Mpirun Mpirun { get; init; } = new();

    /// <summary>OpenMP threads of each rank, at least 1, default 1; more only with a suffix that uses them: <c>omp</c>, <c>intel</c> or <c>kk</c>. Also the cores asked for.</summary>
    public int Threads { get; init; } = 1;

    /// <summary>Which accelerated styles are used (<c>-suffix</c>): <c>gpu</c>, <c>intel</c>, <c>kk</c>, <c>omp</c> or <c>opt</c>; null (the default) for the plain ones.</summary>
    /// <remarks>The program must have been built with that package, or it ends with an error.</remarks>
    public string? Suffix { get; init; }

    /// <summary>Memory to claim, such as <c>1 GiB</c>; null (the default) for no claim. Not in the key.</summary>
    public string? Memory { get; init; }

    /// <summary>The time limit as <c>hh:mm:ss</c> or <c>d.hh:mm:ss</c>; null (the default) for none. Not in the key.</summary>
    public string? TimeLimit { get; init; }

    /// <summary>The folder where log and outputs are published, relative to the workspace; null (the default): nowhere. Not in the key.</summary>
    public string? PublishTo { get; init; }

    /// <inheritdoc/>
    public override ScriptRun Define(StepBuilder steps)
    {
        ArgumentNullException.ThrowIfNull(steps);
        Check(steps);
        var step = Lmp.For(steps.Step("lmp").Input(InputFile, Input))
            .Environment("OMP_NUM_THREADS", Text(Threads))
            .Resources(cpus: Math.Max(1, Ranks) * Math.Max(1, Threads), memory: steps.CheckMemory(Memory), time: steps.CheckTimeLimit(TimeLimit))
            .ReportsProgress(() => new ScriptProgress())
            .SucceedsWhen(rule => rule.DoesNotMatch("Wall time limit reached", "the script stopped at its own time limit (timer timeout) before its last step"));
        AddCommand(step);
        if (Ranks > 1)
        {
            AddRanks(step);
        }

        AddFiles(step);
        return new ScriptRun(step);
    }

    private void Check(StepBuilder steps)
    {
        steps.CheckOption(Ranks, Ranks is >= 1 and <= 1_000_000, "a whole number from 1 to 1000000");
        steps.CheckOption(Threads, Threads >= 1, "a whole number from 1");
        steps.CheckOption(Threads, Threads <= 1 || Suffix is "omp" or "intel" or "kk", "1, or a Suffix that uses threads: omp, intel or kk");
        steps.CheckOption(Suffix, Suffix is null || Suffixes.Contains(Suffix, StringComparer.Ordinal), "one of " + string.Join(", ", Suffixes));
        steps.CheckOption(Restart, Restart is null || (Restart.Length > 0 && !Restart.Contains('*', StringComparison.Ordinal)), "the name of one file, without a '*'");
        foreach (var (name, value) in Variables)
        {
            steps.CheckOption(name, ScriptVariables.IsName(name), "a name of letters, digits and '_'", "Variables");
            steps.CheckOption(value, ScriptVariables.IsValue(value), "a number, a text, or a list of them in which only the first begins with '-'", $"Variables[\"{name}\"]");
        }
    }

    // A continued run goes on with its log, so the log is opened by a command: the option -log would make it anew.
    private void AddCommand(Step step)
    {
        string[] common = ["-echo", "both", "-nocite", .. Acceleration(), .. Variables.Arguments()];
        if (Restart is null)
        {
            step.Run(Lmp.Program, ["-in", InputFile, "-log", LogFile, .. common]);
        }
        else
        {
            step.Run(Lmp.Program, ["-log", "none", .. common])
                .Answering($"log {LogFile} append\nvariable continued string $(is_file({Restart}))\ninclude {InputFile}\n")
                .Checkpoint(Restart, LogFile)
                .Output(Restart, isOptional: true, publish: Published(Restart));
        }
    }

    // A program without MPI would be so many programs that write the same files.
    private void AddRanks(Step step)
    {
        Mpirun.Start(step, Ranks);
        step.SucceedsWhen(rule => rule.DoesNotMatch("1 by 1 by 1 MPI processor grid", $"the {Ranks} ranks did not share the work: lmp and mpirun are not of one MPI library"));
    }

    private string[] Acceleration() => Suffix switch
    {
        null => [],
        "omp" => ["-suffix", "omp", "-package", "omp", Text(Threads)],
        "intel" => ["-suffix", "intel", "-package", "intel", "0", "omp", Text(Threads)],
        "kk" => ["-kokkos", "on", "t", Text(Threads), "-suffix", "kk"],
        _ => ["-suffix", Suffix],
    };

    private void AddFiles(Step step)
    {
        foreach (var (name, file) in Files)
        {
            step.Input(name, file);
        }

        foreach (var (name, artifact) in Artifacts)
        {
            step.Input(name, artifact);
        }

        step.Output(LogFile, LogIdentity.Instance, Published(LogFile));
        foreach (var output in Outputs)
        {
            step.Output(output.Path, output.Identity, Published(output.Path), output.Keep, isOptional: output.IsOptional);
        }
    }

    private string? Published(string path) => PublishTo is null ? null : $"{PublishTo}/{path}";

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
