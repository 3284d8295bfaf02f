using ScaleMs.Core.Digests;
using ScaleMs.Core.Identity;
using ScaleMs.Core.Keys;
using ScaleMs.Core.Model;

namespace ScaleMs.Core.Tests.Keys;

/// <summary>Two fixed actions that use every field, and the small edits that tests make to them.</summary>
internal static class SampleAction
{
    /// <summary>Runs two commands.</summary>
    public static ClosedAction OfCommands { get; } = new(
        new StepInstance
        {
            Id = StepId.Parse("simulate/mdrun[replica=3]"),
            Operation = new Operation.Commands(
            [
                new Command("gmx", ["grompp", "-f", "run.mdp"], StandardInput: "0\n"),
                new Command("gmx", ["mdrun", "-ntomp", "2"], StandardOutput: ArtifactPath.Parse("run.out")),
            ]),
            Inputs = [Input("start.gro", new InputSource.SourceFile("data/start.gro")), Input("topol.top", new InputSource.SourceFile("data/topol.top"))],
            Templates = [new Template(ArtifactPath.Parse("run.mdp"), new InputSource.SourceFile("prod.mdp"), [Pair("Nsteps", "500"), Pair("Temperature", "300")])],
            Outputs = [new Output(ArtifactPath.Parse("run.gro"), OutputIdentity.Bytes), new Output(ArtifactPath.Parse("run.log"), new OutputIdentity.OfAction())],
            Environment = new Dictionary<string, string> { ["GMX_MAXBACKUP"] = "-1", ["OMP_NUM_THREADS"] = "2" },
            Parameters = [Pair("forcefield", "amber99sb-ildn"), Pair("water", "tip3p")],
            Tools = [new Tool("gmx", ["gmx", "gmx_mpi"], new ToolVersion.OfLines(["--version"], ["GROMACS version:"]))],
            SiteFacts = [SiteFact.OperatingSystem, SiteFact.ProcessorModel],
            Success = new SuccessRule([0, 3],
            [
                new SuccessCondition(SuccessKind.FileExists, ArtifactPath.Parse("run.gro"), string.Empty, "the run did not finish"),
                new SuccessCondition(SuccessKind.TextDoesNotMatch, null, "LINCS WARNING", "the system blew up"),
            ]),
        },
        [Bytes("start"), Bytes("topology")],
        [new RenderedTemplate("nsteps = 500\nref_t = 300\n")],
        [new ToolFingerprint([Pair("GROMACS version", "2024.4"), Pair("Precision", "mixed")])],
        ["linux", "Processor 5000"]);

    /// <summary>Calls a function.</summary>
    public static ClosedAction OfFunction { get; } = OfCommands with
    {
        Step = OfCommands.Step with
        {
            Operation = new Operation.Function(
                "Simulate.Tables.Merge",
                "Simulate|Simulate.Tables|Merge(System.String,System.Int32)",
                "c0de",
                [Pair("Simulate.Tables.Merge", "11"), Pair("Simulate.Tables.Row", "22")],
                [Pair("columns", "4"), Pair("title", "\"Energies\"")]),
        },
    };

    public static KeyValuePair<string, string> Pair(string key, string value) => new(key, value);

    public static InputIdentity Bytes(string content) => new(Digest.OfText(content), "bytes", 1);

    public static Input Input(string name, InputSource source) => new(ArtifactPath.Parse(name), source, ContentIdentity.Bytes);

    /// <summary>The action with its declaration changed.</summary>
    public static ClosedAction With(this ClosedAction action, Func<StepInstance, StepInstance> edit) =>
        action with { Step = edit(action.Step) };

    /// <summary>The action with other commands.</summary>
    public static ClosedAction WithCommands(this ClosedAction action, params Command[] commands) =>
        action.With(step => step with { Operation = new Operation.Commands(commands) });

    /// <summary>The action with one of its commands changed.</summary>
    public static ClosedAction WithCommand(this ClosedAction action, int index, Func<Command, Command> edit) =>
        action.WithCommands([.. Commands(action).Select((command, i) => i == index ? edit(command) : command)]);

    /// <summary>The action with its function changed.</summary>
    public static ClosedAction WithFunction(this ClosedAction action, Func<Operation.Function, Operation.Function> edit) =>
        action.With(step => step with { Operation = edit((Operation.Function)step.Operation) });

    /// <summary>The action with its success rule changed.</summary>
    public static ClosedAction WithSuccess(this ClosedAction action, Func<SuccessRule, SuccessRule> edit) =>
        action.With(step => step with { Success = edit(step.Success) });

    /// <summary>A list with its first element changed.</summary>
    public static IReadOnlyList<T> WithFirst<T>(this IReadOnlyList<T> list, Func<T, T> edit) => [edit(list[0]), .. list.Skip(1)];

    public static IReadOnlyList<Command> Commands(ClosedAction action) => ((Operation.Commands)action.Step.Operation).List;
}
