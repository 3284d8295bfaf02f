using System.Globalization;
using Cake.Core;
using ScaleMs.Core.Faults;
using ScaleMs.Core.Graph;
using ScaleMs.Core.Planning.Selection;
using ScaleMs.Engine.Running;
using ScaleMs.Engine.Tracing;

namespace ScaleMs;

/// <summary>The engine's options, read from Cake's arguments so that they are the same on every host.</summary>
internal sealed record RunOptions
{
    public int Jobs { get; private init; } = System.Environment.ProcessorCount;

    public GivenCapacity Capacity { get; private init; } = new();

    /// <summary>Where steps run.</summary>
    public PlaceChoice Places { get; private init; } = PlaceChoice.None;

    public bool KeepGoing { get; private init; }

    /// <summary>Whether the run goes on in a process of its own, without a terminal.</summary>
    public bool Detach { get; private init; }

    /// <summary>Whether every plain task may run beside others.</summary>
    public bool Parallel { get; private init; }

    public bool PlanOnly { get; private init; }

    /// <summary>Patterns of steps to explain.</summary>
    public IReadOnlyList<string> Why { get; private init; } = [];

    public bool ExitCode { get; private init; }

    /// <summary>Whether only the parameters are listed.</summary>
    public bool ConfigShow { get; private init; }

    /// <summary>How the parameters are listed: <c>text</c> or <c>json</c>; null when nobody said.</summary>
    public string? Format { get; private init; }

    /// <summary>The file that the plan is written to; null for none.</summary>
    public string? PlanOut { get; private init; }

    /// <summary>The file of the reviewed plan; null for an ordinary run.</summary>
    public string? Apply { get; private init; }

    /// <summary>Files that a plan takes for changed, as they were given.</summary>
    public IReadOnlyList<string> Supposed { get; private init; } = [];

    public StepSelection Selection { get; private init; } = StepSelection.All;

    /// <summary>Whether executed steps are watched.</summary>
    public TraceMode Trace { get; private init; }

    /// <summary>The folder that results are imported from, as it was given; null for a run that executes.</summary>
    public string? ImportFrom { get; private init; }

    /// <summary>Where and how the graph is written down; null when nobody asks for it.</summary>
    public GraphChoice? Graph { get; private init; }

    public bool Rehash { get; private init; }

    public string? Summary { get; private init; }

    public string? Events { get; private init; }

    public string Progress { get; private init; } = "auto";

    public bool NoColor { get; private init; }

    public CacheChoice Cache { get; private init; } = CacheChoice.None;

    /// <summary>Reads the options; what is wrong with them is added to the faults.</summary>
    public static RunOptions Read(ICakeArguments arguments, List<Fault> faults)
    {
        var options = ReadEach(arguments, faults);
        faults.AddRange(options.Contradictions());
        return options;
    }

    /// <summary>Whether every plain task may run beside others.</summary>
    public static bool IsParallel(ICakeArguments arguments) => Flag(arguments, "parallel");

    /// <summary>Whether an option is given that needs a plan where there are no steps either.</summary>
    public static bool AnyConcernPlainTasks(ICakeArguments arguments) =>
        OptionTable.ScaleMs.Any(option => option.ConcernsPlainTasks && option.Aliases.Prepend(option.Name).Any(name => Flag(arguments, name)));

    /// <summary>What a run is asked for by the options alone.</summary>
    /// <param name="target">The target's name.</param>
    /// <param name="workspace">The workspace's absolute path.</param>
    /// <param name="definition">The workflow.</param>
    public RunRequest Request(string target, string workspace, WorkflowDefinition definition)
    {
        var devices = Capacity.DevicesFor(definition);
        return new RunRequest
        {
            Rehash = Rehash,
            UsualPlace = Places.Launcher,
            Target = target,
            Workspace = workspace,
            Definition = definition,
            Capacity = Capacity.For(definition, Jobs, devices.Count),
            Devices = devices,
            KeepGoing = KeepGoing,
            PlanOnly = PlanOnly,
            Trace = Trace,
            Import = ImportFrom is { } folder ? ImportChoice.OrderOf(folder, workspace) : null,
            WantsGraph = Graph is not null,
            Selection = Selection,
            WantsDocument = PlanOut is not null,
            Explain = Why,
        };
    }

    private IEnumerable<Fault> Contradictions()
    {
        if (ExitCode && !PlanOnly)
        {
            yield return UsageFaults.OnlyWithPlan("exit-code");
        }

        if (Format is not null && !ConfigShow)
        {
            yield return UsageFaults.OnlyWithList("format");
        }

        if (Detach && (PlanOnly || Graph is not null || ConfigShow))
        {
            yield return UsageFaults.NotTogether("detach", PlanOnly ? "plan" : ConfigShow ? "config-show" : "graph", "what executes nothing is told at once");
        }

        if (Detach && !Launchers.Local.DetachedProcess.IsSupported)
        {
            yield return UsageFaults.NoDetaching();
        }

        if (PlanOut is not null && Supposed.Count > 0)
        {
            yield return UsageFaults.NotTogether("plan-out", "suppose", "change the file, then write the plan; a supposed change cannot be applied");
        }

        if (Graph is not null && (PlanOnly || Apply is not null))
        {
            yield return UsageFaults.NotTogether("graph", PlanOnly ? "plan" : "apply", "the graph is written by a command of its own");
        }

        if (ImportFrom is not null && (PlanOnly || Apply is not null || Graph is not null))
        {
            yield return UsageFaults.NotTogether("import", PlanOnly ? "plan" : Apply is not null ? "apply" : "graph", "results are imported by a command of its own");
        }

        if (ImportFrom is not null && Selection.Patterns().FirstOrDefault(chosen => chosen.Option != "import") is { } other)
        {
            yield return UsageFaults.NotTogether("import", other.Option, "nothing is executed when results are imported");
        }

        if (Apply is not null && PlanOnly)
        {
            yield return UsageFaults.NotTogether("apply", "plan", "a plan is made first, reviewed, and applied by another command");
        }

        if (Apply is not null && Selection.Patterns().FirstOrDefault() is { } chosen)
        {
            yield return UsageFaults.NotTogether("apply", chosen.Option, "the plan holds the choice of steps that it was made with");
        }
    }

    private static RunOptions ReadEach(ICakeArguments arguments, List<Fault> faults) => new()
    {
        Jobs = ReadJobs(arguments, faults),
        Capacity = GivenCapacity.Read(arguments, faults),
        Places = PlaceChoice.Read(arguments, faults),
        KeepGoing = Flag(arguments, "keep-going"),
        Detach = Flag(arguments, "detach"),
        Parallel = IsParallel(arguments),
        PlanOnly = Flag(arguments, "plan") || Flag(arguments, "n") || All(arguments, "suppose").Count > 0 || arguments.HasArgument("why") || Last(arguments, "plan-out") is not null,
        PlanOut = Last(arguments, "plan-out"),
        Apply = Last(arguments, "apply"),
        Why = [.. arguments.GetArguments("why") ?? []],
        ExitCode = Flag(arguments, "exit-code"),
        ConfigShow = Flag(arguments, "config-show"),
        Format = ReadFormat(arguments, faults),
        Supposed = All(arguments, "suppose"),
        Selection = ReadSelection(arguments),
        Trace = ReadTrace(arguments, faults),
        ImportFrom = ImportChoice.Read(arguments, faults),
        Graph = GraphChoice.Read(arguments, faults),
        Rehash = Flag(arguments, "rehash"),
        Summary = Last(arguments, "summary"),
        Events = Last(arguments, "events"),
        Progress = ReadProgress(arguments, faults),
        Cache = CacheChoice.Read(Last(arguments, "cache"), Flag(arguments, "read-only-cache"), faults) with
        {
            SharesImported = Flag(arguments, "share-imported"),
            TakesImported = Flag(arguments, "accept-imported"),
        },
        NoColor = Flag(arguments, "no-color") || !string.IsNullOrEmpty(System.Environment.GetEnvironmentVariable("NO_COLOR")),
    };

    /// <summary>How much may run at once; what is wrong with it is added to the faults.</summary>
    public static int ReadJobs(ICakeArguments arguments, List<Fault> faults)
    {
        var text = Last(arguments, "jobs") ?? Last(arguments, "j");
        if (text is null)
        {
            return System.Environment.ProcessorCount;
        }

        if (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var jobs) && jobs is >= 1 and <= 100_000)
        {
            return jobs;
        }

        faults.Add(UsageFaults.BadValue("jobs", text, "a whole number from 1 to 100000"));
        return 1;
    }

    private static TraceMode ReadTrace(ICakeArguments arguments, List<Fault> faults)
    {
        var text = Last(arguments, "trace");
        if (!Flag(arguments, "trace") || text is null or "" or "true" or "strict")
        {
            return !Flag(arguments, "trace") ? TraceMode.None : text == "strict" ? TraceMode.Strict : TraceMode.Report;
        }

        faults.Add(UsageFaults.BadValue("trace", text, "--trace or --trace=strict"));
        return TraceMode.None;
    }

    private static string ReadProgress(ICakeArguments arguments, List<Fault> faults)
    {
        var text = Last(arguments, "progress") ?? "auto";
        if (text is "auto" or "plain" or "none")
        {
            return text;
        }

        faults.Add(UsageFaults.BadValue("progress", text, "auto, plain or none"));
        return "auto";
    }

    private static string? ReadFormat(ICakeArguments arguments, List<Fault> faults)
    {
        var text = Last(arguments, "format");
        if (text is null or "text" or "json")
        {
            return text;
        }

        faults.Add(UsageFaults.BadValue("format", text, "text or json"));
        return "text";
    }

    private static StepSelection ReadSelection(ICakeArguments arguments) => new()
    {
        Only = Patterns(arguments, "only"),
        From = Patterns(arguments, "from"),
        Skip = Patterns(arguments, "skip"),
        Rerun = Patterns(arguments, "rerun"),
        Import = Patterns(arguments, "import"),
        ImportsAnew = Flag(arguments, "import-force"),
    };

    private static List<StepPattern> Patterns(ICakeArguments arguments, string name) => All(arguments, name).ConvertAll(StepPattern.Parse);

    private static List<string> All(ICakeArguments arguments, string name) => arguments.GetArguments(name)?.ToList() ?? [];

    private static bool Flag(ICakeArguments arguments, string name) =>
        arguments.HasArgument(name) && !string.Equals(Last(arguments, name), "false", StringComparison.OrdinalIgnoreCase);

    private static string? Last(ICakeArguments arguments, string name) => arguments.GetArguments(name)?.LastOrDefault();
}
