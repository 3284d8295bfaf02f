using Cake.Core.Diagnostics;
using ScaleMs.Core.Events;
using ScaleMs.Core.Faults;
using ScaleMs.Core.Model;
using ScaleMs.Core.Ports;
using ScaleMs.Engine.Places;
using ScaleMs.Engine.Running;
using ScaleMs.Launchers.Calls;
using ScaleMs.Launchers.Local;
using ScaleMs.Launchers.Native;
using ScaleMs.Launchers.Sites;
using ScaleMs.Reporting.Control;
using ScaleMs.Store;
using ScaleMs.Store.Disk;
using ScaleMs.Store.Journal;

namespace ScaleMs;

/// <summary>What stands around the engine in a host, whoever defined the workflow: launchers, store, views, signals.</summary>
/// <param name="options">The options.</param>
/// <param name="sites">The sites.</param>
/// <param name="workspace">The workspace's absolute path.</param>
internal sealed class HostedRun(RunOptions options, SiteProfiles sites, string workspace) : IAsyncDisposable
{
    /// <summary>The store's folder in the workspace.</summary>
    public const string StoreName = ".scalems";

    private readonly CallLauncher _launcher = new(new LocalLauncher());
    private readonly StepCancellation _steps = new();
    private readonly string _store = Path.Combine(workspace, StoreName);
    private Interruption? _interruption;
    private Reporters? _reporters;
    private ControlServer? _control;

    public Verbosity Verbosity { get; init; } = Verbosity.Normal;

    /// <summary>The build server; null for none.</summary>
    public IBuildServer? Server { get; init; }

    /// <summary>Hears of every step for the tasks' sake; null for nobody.</summary>
    public IRunObserver? Lifecycle { get; init; }

    public bool IsDetached { get; init; }

    /// <summary>The steps that are declared: records share names with them.</summary>
    public required IReadOnlyList<StepInstance> Declared { get; init; }

    /// <summary>Looks at the store that was opened for writing, before anything of the run is in it; null for nobody.</summary>
    public Action<FileStore>? OnOpened { get; init; }

    /// <summary>The store that was opened for writing; null before that, and in a run that executes nothing.</summary>
    public FileStore? Store { get; private set; }

    public Reporters Reporters => _reporters ??= new Reporters(options, workspace, _store, Verbosity, Server, Lifecycle);

    /// <summary>What others reach the run by; it is not disposed with this, so that they hear how all of it ended.</summary>
    public ControlServer Control => _control ??= Reporters.Control(Interruption.Cancel, _steps, IsDetached);

    /// <summary>Whether somebody told it to end.</summary>
    public bool WasInterrupted => _interruption?.Token.IsCancellationRequested == true;

    private Interruption Interruption => _interruption ??= new Interruption(EndAtOnce, IsDetached);

    /// <summary>Runs a target to the end.</summary>
    public async Task<RunReport> RunAsync(RunRequest request)
    {
        _ = Control;
        using var places = new SitePlaces(sites, Path.Combine(_store, "work"), text => Reporters.Print($"notice    {text}"));
        var report = await RunAsync(new WorkflowRunner(LocalVariables.In(Ports(places), sites.Local)), request).ConfigureAwait(false);
        if (report.Summary.Counts.Executed + report.Summary.Counts.Restored > 0 && QueryDatabase.Fold(workspace) is { } problem)
        {
            Reporters.Print($"notice    the query database is behind: {problem}");
        }

        return report;
    }

    public async ValueTask DisposeAsync()
    {
        _reporters?.Dispose();
        _interruption?.Dispose();
        await _launcher.DisposeAsync().ConfigureAwait(false);
    }

    private EnginePorts Ports(SitePlaces places) => new()
    {
        Places = places.All,
        OpenStore = () => options.Cache.Behind(Store = OpenStore(), workspace, text => Reporters.Print($"notice    {text}")),
        OpenStoreToRead = asked => options.Cache.Behind(ReadStore(asked), workspace, text => Reporters.Print($"notice    {text}")),
        Disk = new PhysicalDisk(),
        Launcher = _launcher,
        Functions = new ChildFunctions(),
        SecretCommands = new LocalSecretCommands(),
        Observers = Reporters.Observers,
        StepCancellation = _steps,
    };

    private async Task<RunReport> RunAsync(WorkflowRunner runner, RunRequest request)
    {
        try
        {
            return await runner.RunAsync(request, Interruption.Token).ConfigureAwait(false);
        }
        catch (Exception exception) when (exception is not (FaultException or StoreException or StoreInUseException or WholeRunNeededException))
        {
            // The runner throws nothing else on purpose.
            throw new RunFailedException(ExitCodes.Bug, $"This is a bug of ScaleMs; please report it with the command and this text: {exception}");
        }
    }

    /// <summary>Nothing of the run is done any more after this.</summary>
    private void EndAtOnce()
    {
        _launcher.Reap(Path.Combine(_store, "work"));
        _control?.End(ExitCodes.Interrupted);
    }

    private FileStore OpenStore()
    {
        var store = FileStore.Open(workspace, new OpenOptions { Declared = Declared });
        try
        {
            OnOpened?.Invoke(store);
        }
        catch
        {
            store.Dispose();
            throw;
        }

        SpreadFolder.TryMake(Path.Combine(_store, "work"));
        Tell(store.Damage);
        return store;
    }

    private ReadingStore ReadStore(int asked)
    {
        var store = ReadingStore.Open(workspace, asked: asked);
        Tell(store.Damage);
        return store;
    }

    private void Tell(IEnumerable<JournalDamage> damages)
    {
        foreach (var damage in damages)
        {
            Reporters.Print($"notice    {damage}");
        }
    }
}
