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
                new Command("gmx", ["mdrun", "-ntomp", "2"], StandardOutput: Path("run.out")),
            ]),
            Inputs = [Input("start.gro"), Input("topol.top")],
            Templates =
            [
                new Template(Path("run.mdp"), new InputSource.SourceFile("prod.mdp"), [Pair("Nsteps", "500"), Pair("Temperature", "300")]),
            ],
            Outputs = [new Output(Path("run.gro"), OutputIdentity.Bytes), new Output(Path("run.log"), new OutputIdentity.OfAction())],
            Environment = new Dictionary<string, string> { ["GMX_MAXBACKUP"] = "-1", ["OMP_NUM_THREADS"] = "2" },
            Parameters = [Pair("forcefield", "amber99sb-ildn"), Pair("water", "tip3p")],
            Tools = [new Tool("gmx", ["gmx", "gmx_mpi"], new ToolVersion.OfLines(["--version"], ["GROMACS version:"]))],
            SiteFacts = [SiteFact.OperatingSystem, SiteFact.ProcessorModel],
            Success = new SuccessRule([0, 3],
            [
                new SuccessCondition(SuccessKind.FileExists, Path("run.gro"), string.Empty, "the run did not finish"),
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

    public static ArtifactPath Path(string text) => ArtifactPath.Parse(text);

    public static Input Input(string name) => new(Path(name), new InputSource.SourceFile($"data/{name}"), ContentIdentity.Bytes);

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

    /// <summary>The action with its first template's declaration changed.</summary>
    public static ClosedAction WithTemplate(this ClosedAction action, Func<Template, Template> edit) =>
        action.With(step => step with { Templates = step.Templates.WithFirst(edit) });

    /// <summary>The action with the first value of its first template changed.</summary>
    public static ClosedAction WithTemplateValue(this ClosedAction action, string value) =>
        action.WithTemplate(template => template with { Values = template.Values.WithFirst(pair => Pair(pair.Key, value)) });

    /// <summary>The action with its first parameter changed.</summary>
    public static ClosedAction WithParameter(this ClosedAction action, string name, string value) =>
        action.With(step => step with { Parameters = step.Parameters.WithFirst(_ => Pair(name, value)) });

    /// <summary>The action with another environment.</summary>
    public static ClosedAction WithEnvironment(this ClosedAction action, params (string Name, string Value)[] variables) =>
        action.With(step => step with { Environment = variables.ToDictionary(variable => variable.Name, variable => variable.Value) });

    /// <summary>The action with its first input's declaration changed.</summary>
    public static ClosedAction WithInput(this ClosedAction action, Func<Input, Input> edit) =>
        action.With(step => step with { Inputs = step.Inputs.WithFirst(edit) });

    /// <summary>The action with its first input's identity changed.</summary>
    public static ClosedAction WithIdentity(this ClosedAction action, Func<InputIdentity, InputIdentity> edit) =>
        action with { Inputs = action.Inputs.WithFirst(edit) };

    /// <summary>The action with its first output's declaration changed.</summary>
    public static ClosedAction WithOutput(this ClosedAction action, Func<Output, Output> edit) =>
        action.With(step => step with { Outputs = step.Outputs.WithFirst(edit) });

    /// <summary>The action with other answers of its tool.</summary>
    public static ClosedAction WithToolLines(this ClosedAction action, params KeyValuePair<string, string>[] lines) =>
        action with { Tools = [new ToolFingerprint(lines)] };

    /// <summary>The action with its success rule changed.</summary>
    public static ClosedAction WithSuccess(this ClosedAction action, Func<SuccessRule, SuccessRule> edit) =>
        action.With(step => step with { Success = edit(step.Success) });

    /// <summary>A list with its first element changed.</summary>
    public static IReadOnlyList<T> WithFirst<T>(this IReadOnlyList<T> list, Func<T, T> edit) => [edit(list[0]), .. list.Skip(1)];

    public static IReadOnlyList<Command> Commands(ClosedAction action) => ((Operation.Commands)action.Step.Operation).List;
}
