using ScaleMs.Core.Identity;
using ScaleMs.Core.Model;

namespace ScaleMs;

/// <summary>A step being described, and the handle to its outputs.</summary>
public sealed partial class Step
{
    private readonly StepCollector _collector;
    private SourceLocation _where;
    private Declared<Input> _inputs;
    private Declared<Template> _templates;
    private Declared<Output> _outputs;
    private Declared<Command> _commands;
    private Declared<Tool> _tools;
    private Declared<SuccessCondition> _conditions;
    private Declared<ArtifactPath> _checkpoint;
    private SortedList<string, string>? _environment;
    private SortedSet<string>? _passed;
    private SortedList<string, string>? _parameters;
    private IReadOnlyList<SiteFact> _siteFacts = [];
    private IReadOnlyList<int> _allowedExitCodes = SuccessRule.Default.AllowedExitCodes;
    private Operation.Function? _function;
    private CallPlace _callPlace;
    private string _launcher = string.Empty;
    private Resources _resources = Core.Model.Resources.Default;
    private bool _isStochastic;
    private Func<IProgressReader>? _progress;

    internal Step(StepCollector collector, StepId id, SourceLocation where)
    {
        _collector = collector;
        _where = where;
        Id = id;
    }

    /// <summary>The step's stable name.</summary>
    public StepId Id { get; private set; }

    /// <summary>The name under which the recipe that declares it is used; empty for none.</summary>
    internal string Recipe { get; init; } = string.Empty;

    /// <summary>A handle to one of the declared outputs.</summary>
    /// <param name="path">The output's path in the private directory; that it is declared is checked when the definition is complete.</param>
    /// <returns>The handle.</returns>
    public Artifact File(string path) => new(Id, path);

    /// <summary>Declares an input made by another step.</summary>
    /// <param name="name">The path under which this step finds it.</param>
    /// <param name="artifact">The handle.</param>
    /// <param name="asBytes">Whether the bytes count, whatever the producer's identity.</param>
    /// <returns>This step.</returns>
    public Step Input(string name, Artifact artifact, bool asBytes = false) => AddInput(name, SourceOf(artifact), asBytes, isWritable: false);

    /// <summary>Declares an input that the user keeps.</summary>
    /// <param name="name">The path under which this step finds it.</param>
    /// <param name="source">The file.</param>
    /// <param name="identity">When two contents count as equal; the bytes by default.</param>
    /// <returns>This step.</returns>
    public Step Input(string name, SourceFile source, ContentIdentity? identity = null)
    {
        ArgumentNullException.ThrowIfNull(source);
        return AddInput(name, new InputSource.SourceFile(source.Path), false, isWritable: false, identity);
    }

    /// <summary>Declares an input that the step's tool edits in place: the step gets its own copy, the artifact never changes.</summary>
    /// <param name="name">The path under which this step finds the copy.</param>
    /// <param name="artifact">The handle.</param>
    /// <returns>This step.</returns>
    public Step Edit(string name, Artifact artifact) => AddInput(name, SourceOf(artifact), false, isWritable: true);

    /// <summary>Declares a text file made from a source file by filling its <c>@Name@</c> placeholders.</summary>
    /// <param name="name">The path under which this step finds it.</param>
    /// <param name="source">The template.</param>
    /// <param name="values">An object whose properties are the values; each must be used and each placeholder must have one.</param>
    /// <param name="form">Tells the fields of the template, so that a reason names the line that was edited; lines by default. Not in the key.</param>
    /// <returns>This step.</returns>
    public Step Template(string name, SourceFile source, object values, ContentIdentity? form = null)
    {
        ArgumentNullException.ThrowIfNull(source);
        ArgumentNullException.ThrowIfNull(values);
        _templates.Add(new Template(Path(name), new InputSource.SourceFile(source.Path), Invariant.Pairs(values), form));
        return this;
    }

    /// <summary>Declares an output.</summary>
    /// <param name="path">The path in the private directory.</param>
    /// <param name="identity">When two contents count as equal; the bytes by default.</param>
    /// <param name="publish">Where it is published, relative to the workspace; null when it only feeds other steps.</param>
    /// <param name="keep">How long the store keeps its bytes; the record stays. Not in the key.</param>
    /// <param name="store">Where its bytes are kept: as a blob, or only where it is published. Not in the key.</param>
    /// <param name="isOptional">Whether the step may leave it out: its absence is then recorded, and who reads it gets no file.</param>
    /// <returns>This step.</returns>
    public Step Output(
        string path, OutputIdentity? identity = null, string? publish = null, Keep keep = Keep.Always, StoreAs store = StoreAs.Blob, bool isOptional = false)
    {
        var name = Path(path);
        _outputs.Add(new Output(name, identity ?? OutputIdentity.Bytes, publish is null ? null : publish == path ? name : Path(publish), keep, store) { IsOptional = isOptional });
        return this;
    }

    /// <summary>Declares an output whose content is compared by a canonical identity.</summary>
    /// <param name="path">The path in the private directory.</param>
    /// <param name="identity">When two contents count as equal.</param>
    /// <param name="publish">Where it is published, relative to the workspace; null when it only feeds other steps.</param>
    /// <param name="keep">How long the store keeps its bytes; the record stays. Not in the key.</param>
    /// <param name="store">Where its bytes are kept: as a blob, or only where it is published. Not in the key.</param>
    /// <param name="isOptional">Whether the step may leave it out: its absence is then recorded, and who reads it gets no file.</param>
    /// <returns>This step.</returns>
    public Step Output(
        string path, ContentIdentity identity, string? publish = null, Keep keep = Keep.Always, StoreAs store = StoreAs.Blob, bool isOptional = false) =>
        Output(path, new OutputIdentity.Canonical(identity), publish, keep, store, isOptional);

    /// <summary>Declares a tool.</summary>
    /// <param name="tool">The tool.</param>
    /// <returns>This step.</returns>
    public Step Tool(ToolSpec tool)
    {
        ArgumentNullException.ThrowIfNull(tool);
        AddTool(tool.Tool);
        return this;
    }

    /// <summary>Declares a tool known by the bytes of its executable.</summary>
    /// <param name="name">The program's name.</param>
    /// <returns>This step.</returns>
    public Step Tool(string name) => Tool(ToolSpec.Binary(name));

    /// <summary>Adds a command.</summary>
    /// <param name="program">A declared tool's name, or <c>./name</c> for a declared input.</param>
    /// <param name="arguments">The arguments, each as the program will see it; never through a shell.</param>
    /// <returns>This step.</returns>
    public Step Run(string program, params string[] arguments)
    {
        ArgumentNullException.ThrowIfNull(arguments);
        CheckArguments(arguments);
        _commands.Add(new Command(_collector.Word(program), _collector.Known(arguments)));
        return this;
    }

    /// <summary>Sets a variable of the step's environment; it is in the key.</summary>
    /// <param name="name">The variable.</param>
    /// <param name="value">Its value.</param>
    /// <returns>This step.</returns>
    public Step Environment(string name, string value)
    {
        (_environment ??= new(StringComparer.Ordinal))[name] = value;
        return this;
    }

    /// <summary>Passes a variable through from the caller; it is not in the key.</summary>
    /// <param name="name">The variable.</param>
    /// <returns>This step.</returns>
    public Step Pass(string name)
    {
        (_passed ??= new(StringComparer.Ordinal)).Add(name);
        return this;
    }

    /// <summary>Adds a value to the key that the step uses in some way the engine cannot see.</summary>
    /// <param name="name">The name, for explanations.</param>
    /// <param name="value">The value.</param>
    /// <returns>This step.</returns>
    public Step Parameter(string name, object value)
    {
        (_parameters ??= new(StringComparer.Ordinal))[name] = Invariant.Text(value);
        return this;
    }

    /// <summary>Adds facts of the site to the key.</summary>
    /// <param name="facts">The facts.</param>
    /// <returns>This step.</returns>
    public Step OnSite(params SiteFact[] facts)
    {
        ArgumentNullException.ThrowIfNull(facts);
        _siteFacts = [.. new SortedSet<SiteFact>([.. _siteFacts, .. facts])];
        return this;
    }

    /// <summary>Says when the step counts as done, besides its exit code.</summary>
    /// <param name="rule">Adds conditions; all must hold.</param>
    /// <returns>This step.</returns>
    public Step SucceedsWhen(Action<SuccessBuilder> rule)
    {
        ArgumentNullException.ThrowIfNull(rule);
        var builder = new SuccessBuilder();
        rule(builder);
        foreach (var condition in builder.Conditions)
        {
            _conditions.Add(condition);
        }

        return this;
    }

    /// <summary>Allows exit codes besides 0.</summary>
    /// <param name="codes">The codes, 0 to 255.</param>
    /// <returns>This step.</returns>
    public Step AllowExit(params int[] codes)
    {
        ArgumentNullException.ThrowIfNull(codes);
        _allowedExitCodes = [.. new SortedSet<int>([.. _allowedExitCodes, .. codes])];
        return this;
    }

    /// <summary>Names the files that seed the next attempt while the inputs are unchanged.</summary>
    /// <param name="paths">The whole set; it is used only when all of it is there.</param>
    /// <returns>This step.</returns>
    public Step Checkpoint(params string[] paths)
    {
        ArgumentNullException.ThrowIfNull(paths);
        foreach (var path in paths)
        {
            _checkpoint.Add(Path(path));
        }

        return this;
    }

    /// <summary>Says what the step needs while it runs; not in the key. What is not said stays as it was said before.</summary>
    /// <param name="cpus">Cores, at least 1; 1 when it was never said.</param>
    /// <param name="memory">Memory such as <c>1 GiB</c>; no claim when it was never said.</param>
    /// <param name="gpus">Graphics processors; none when it was never said.</param>
    /// <param name="time">The time limit as <c>hh:mm:ss</c>, <c>d-hh:mm:ss</c> or <c>90m</c>, <c>0</c> for none; none when it was never said.</param>
    /// <returns>This step.</returns>
    public Step Resources(int? cpus = null, string? memory = null, int? gpus = null, string? time = null)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(cpus ?? 1, 1, nameof(cpus));
        _resources = _resources with
        {
            Cpus = cpus ?? _resources.Cpus,
            MemoryBytes = memory is null ? _resources.MemoryBytes : Read(memory, ByteSize.Parse),
            Gpus = gpus ?? _resources.Gpus,
            TimeLimit = time is null ? _resources.TimeLimit : Read(time, text => text == "0" ? TimeSpan.Zero : Duration.Parse(text)) is var limit && limit != TimeSpan.Zero ? limit : null,
        };
        return this;
    }

    /// <summary>Says where the step runs; not in the key. Without it, it runs where <c>--launcher</c> says, on this machine by default.</summary>
    /// <param name="site">A site of <c>sites.yaml</c>, or <c>local</c> for this machine.</param>
    /// <returns>This step.</returns>
    public Step Launcher(string site)
    {
        ArgumentException.ThrowIfNullOrEmpty(site);
        _launcher = site;
        return this;
    }

    /// <summary>Says that the step draws random numbers: two members with equal keys are then an error, not a saving.</summary>
    /// <returns>This step.</returns>
    public Step Stochastic()
    {
        _isStochastic = true;
        return this;
    }

    /// <summary>Reads progress out of the step's log while it runs.</summary>
    /// <param name="reader">Makes a reader for one attempt.</param>
    /// <returns>This step.</returns>
    public Step ReportsProgress(Func<IProgressReader> reader)
    {
        _progress = reader;
        return this;
    }
}
