using ScaleMs.Core.Events;
using ScaleMs.Core.Graph;
using ScaleMs.Core.Model;
using ScaleMs.Engine.Places;
using ScaleMs.Engine.Running;

namespace ScaleMs.Testing;

/// <summary>A machine in memory with one workspace: disk, store, clock and launcher, and the real engine running on them.</summary>
/// <remarks>A run takes no real time but the engine's own, happens on one thread, and is the same each time. Not thread-safe.</remarks>
public sealed class SimulatedHost
{
    /// <summary>The workspace's path.</summary>
    public const string Workspace = "/workspace";

    private const string ToolDirectory = "/tools";

    /// <summary>Makes a machine.</summary>
    /// <param name="stampGranularity">How coarse the time stamps of its disk are; null for a disk that gives every change a stamp of its own.</param>
    public SimulatedHost(TimeSpan? stampGranularity = null)
    {
        Clock = new VirtualClock();
        Disk = new MemoryDisk(Clock, stampGranularity);
        Store = new MemoryStore(Disk, $"{Workspace}/.scalems");
        Launcher = new ScriptedLauncher(Disk, Clock);
        Disk.CreateDirectory(Workspace);
    }

    /// <summary>The clock.</summary>
    public VirtualClock Clock { get; }

    /// <summary>The disk.</summary>
    public MemoryDisk Disk { get; }

    /// <summary>The store of the workspace.</summary>
    public MemoryStore Store { get; }

    /// <summary>What executes steps.</summary>
    public ScriptedLauncher Launcher { get; }

    /// <summary>What the machine may use at once.</summary>
    public Resources Capacity { get; set; } = new(4);

    /// <summary>Where steps run besides this machine.</summary>
    public IList<SimulatedSite> Sites { get; } = [];

    /// <summary>How many steps and continuations may come to be defined while running.</summary>
    public int MostExpandedSteps { get; set; } = 100_000;

    /// <summary>Where in the workspace a file is.</summary>
    /// <param name="path">The path relative to the workspace.</param>
    /// <returns>The absolute path.</returns>
    public static string PathOf(string path) => path.StartsWith('/') ? path : $"{Workspace}/{path}";

    /// <summary>Runs a definition.</summary>
    /// <param name="definition">What the tasks declared.</param>
    /// <param name="options">How; null for the usual.</param>
    /// <returns>What came of it; faults and errors of the store are thrown as the engine throws them.</returns>
    public SimulatedRun Run(WorkflowDefinition definition, SimulatedRunOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(definition);
        options ??= new SimulatedRunOptions();
        // Two runs never begin in one instant, and files are seldom fresh.
        Clock.Advance(TimeSpan.FromSeconds(1));
        var life = new HostLife();
        var events = new List<RunEvent>();
        using var crash = Plan(options.CrashAfter, life.End);
        life.CrashAt(options.CrashAtChange ?? int.MaxValue);
        using var interruption = new CancellationTokenSource();
        using var interrupts = Plan(options.InterruptAfter, interruption.Cancel);
        var steps = new StepCancellation();
        using var cancels = options.CancelSteps is { } cancelled ? Plan(cancelled.After, () => _ = steps.CancelAsync([cancelled.Pattern])) : null;
        var turns = new Turns(Clock, life);
        var runner = new WorkflowRunner(PortsOf(definition, life, turns, new Recorder(events, life)) with { StepCancellation = steps });
        var request = Request(definition, options);
        try
        {
            return new SimulatedRun(turns.Run(() => runner.RunAsync(request, interruption.Token)), events, life.Changes);
        }
        catch (Exception) when (life.IsDown)
        {
            return new SimulatedRun(null, events, life.Changes);
        }
        finally
        {
            life.End();
        }
    }

    private ITimer? Plan(TimeSpan? after, Action what) => after is { } time ? Clock.CreateTimer(_ => what(), null, time, Timeout.InfiniteTimeSpan) : null;

    private RunRequest Request(WorkflowDefinition definition, SimulatedRunOptions options) => new()
    {
        Target = definition.Tasks.Count == 0 ? "none" : definition.Tasks[^1].Name,
        Workspace = Workspace,
        Definition = definition,
        Capacity = Capacity,
        UsualPlace = options.Launcher,
        KeepGoing = options.KeepGoing,
        PlanOnly = options.PlanOnly,
        WantsDocument = options.PlanOnly,
        Selection = options.Approved?.Selection ?? options.Selection,
        Supposed = options.Supposed,
        Approved = options.Approved,
        MostExpandedSteps = MostExpandedSteps,
    };

    private EnginePorts PortsOf(WorkflowDefinition definition, HostLife life, Turns turns, IRunObserver observer)
    {
        var steps = definition.Steps.DistinctBy(step => step.Id).ToDictionary(step => step.Id);
        Launcher.Steps = steps;
        var answers = new Dictionary<string, string>(StringComparer.Ordinal);
        var environment = new Dictionary<string, string>(StringComparer.Ordinal) { ["PATH"] = ToolDirectory };
        Install(definition.Steps, answers);
        PutSecrets(definition.Steps, environment);
        var disk = new HostedDisk(Disk, life);
        var launcher = new HostedLauncher(Launcher, disk, life, answers);
        return new EnginePorts
        {
            OpenStore = () => new HostedStore(Store.Open(), life),
            Disk = disk,
            Launcher = launcher,
            Places = [.. Sites.Select(site => PlaceOf(site, life))],
            Functions = launcher,
            SecretCommands = new StandInSecretCommands(),
            Observers = [observer],
            OnDeclared = added =>
            {
                added.ToList().ForEach(step => steps.TryAdd(step.Id, step));
                Install(added, answers);
                PutSecrets(added, environment);
            },
            Clock = Clock,
            Environment = environment,
            Workers = turns.Post,
        };
    }

    private Place PlaceOf(SimulatedSite site, HostLife life)
    {
        var hosted = new HostedSite(site, Launcher, Disk, life);
        return new Place { Name = site.Name, Launcher = hosted, Site = hosted, MostAttempts = site.MostAttempts, Most = site.Most, Tokens = site.Tokens, Refuses = site.Refuses };
    }

    /// <summary>Puts a stand-in for every declared tool where the engine looks for it, unless a test has put one there.</summary>
    /// <param name="steps">The steps.</param>
    /// <param name="answers">What the tools print when they are asked for their version; takes those of the steps.</param>
    private void Install(IReadOnlyList<StepInstance> steps, Dictionary<string, string> answers)
    {
        foreach (var tool in steps.SelectMany(step => step.Tools).DistinctBy(tool => tool.Name))
        {
            var candidate = tool.Candidates.First(name => name.Length > 0);
            var path = Install(candidate, $"scripted {tool.Name}\n");
            if (tool.Version is ToolVersion.OfLines lines)
            {
                answers[path] = string.Concat(lines.LinePrefixes.Select(prefix => $"{prefix} {Disk.ReadText(path)}"));
            }
        }
    }

    /// <summary>Puts a program where the engine looks for it, unless it is there.</summary>
    private string Install(string program, string text)
    {
        var path = program.StartsWith('/') ? program : $"{ToolDirectory}/{program}";
        if (Disk.Stat(path) is null)
        {
            Disk.Write(path, text, executable: true);
        }

        return path;
    }

    /// <summary>A test of a workflow needs no secrets: each has a stand-in, unless a test has put a file there.</summary>
    private void PutSecrets(IReadOnlyList<StepInstance> steps, Dictionary<string, string> environment)
    {
        foreach (var secret in steps.SelectMany(step => step.Secrets))
        {
            var standIn = $"value of {secret.Name}";
            if (secret.Source is SecretSource.FromEnvironment variable)
            {
                environment[variable.Variable] = standIn;
            }
            else if (secret.Source is SecretSource.FromFile file && Disk.Stat(PathOf(file.Path)) is null)
            {
                Disk.Write(PathOf(file.Path), standIn + "\n");
            }
            else if (secret.Source is SecretSource.FromCommand { Command: [var program, ..] })
            {
                Install(program, "a stand-in\n");
            }
        }
    }

    private sealed class Recorder(List<RunEvent> events, HostLife life) : IRunObserver
    {
        public void On(RunEvent runEvent)
        {
            if (!life.IsDown)
            {
                events.Add(runEvent);
            }
        }
    }
}
