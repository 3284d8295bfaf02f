using System.Runtime.CompilerServices;
using ScaleMs.Core.Events;
using ScaleMs.Core.Graph;
using ScaleMs.Core.Model;
using ScaleMs.Core.Planning;
using ScaleMs.Core.Ports;
using ScaleMs.Engine.Running;
using ScaleMs.Launchers.Local;
using ScaleMs.Store;
using ScaleMs.Store.Cache;
using ScaleMs.Store.Disk;

namespace ScaleMs.Engine.Tests;

/// <summary>A workspace in a temporary directory with real files, a real store and real processes.</summary>
internal sealed class TestStudy : IDisposable
{
    public TestStudy(string? root = null)
    {
        Root = root ?? Directory.CreateTempSubdirectory("scalems-test-").FullName;
    }

    public string Root { get; }

    /// <summary>Replaces parts of what the engine is given, for all runs from now on.</summary>
    public Func<EnginePorts, EnginePorts> Ports { get; set; } = ports => ports;

    public List<RunEvent> Events { get; } = [];

    /// <summary>Names of the instances that ran in the last run, in order of their ids.</summary>
    public string Ran => Of(Outcome.Executed);

    public RunReport? Last { get; private set; }

    /// <summary>What the last run told the user besides its outcomes.</summary>
    public IEnumerable<string> Notices => Events.OfType<RunEvent.Noticed>().Select(notice => notice.Text);

    /// <summary>A shared cache behind the store; null for none.</summary>
    public string? Cache { get; init; }

    /// <summary>How the cache is used.</summary>
    public Func<CacheOptions, CacheOptions> CacheUse { get; init; } = options => options;

    /// <summary>What the cache told the user.</summary>
    public List<string> CacheNotices { get; } = [];

    public string Of(Outcome outcome) => string.Join(' ', Last!.Summary.Steps.Where(step => step.Outcome == outcome).Select(step => step.Id.ToString()).Order(StringComparer.Ordinal));

    public string ReasonOf(string id) => Last!.Summary.Steps.Single(step => step.Id.ToString() == id).Reason.Text;

    public StepResult StepOf(string id) => Last!.Summary.Steps.Single(step => step.Id.ToString() == id);

    public string PathOf(string path) => Path.Combine(Root, path);

    public void Write(string path, string text)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(PathOf(path))!);
        File.WriteAllText(PathOf(path), text);
    }

    public string Read(string path) => File.ReadAllText(PathOf(path));

    public bool Exists(string path) => File.Exists(PathOf(path));

    public void Delete(string path)
    {
        if (Directory.Exists(PathOf(path)))
        {
            Directory.Delete(PathOf(path), recursive: true);
        }
        else
        {
            File.Delete(PathOf(path));
        }
    }

    /// <summary>Runs one task <c>t</c> whose steps are declared by the function.</summary>
    public RunReport Run(Action<StepBuilder> define, Func<RunRequest, RunRequest>? change = null, ILauncher? launcher = null, CancellationToken cancellation = default) =>
        Run([("t", define)], change, launcher, cancellation);

    public RunReport Run(IReadOnlyList<(string Task, Action<StepBuilder> Define)> tasks, Func<RunRequest, RunRequest>? change = null, ILauncher? launcher = null, CancellationToken cancellation = default)
    {
        using var collector = new StepCollector(Root);
        var declared = new List<WorkflowTask>();
        foreach (var (task, define) in tasks)
        {
            collector.Define(task, [], () => define(new StepBuilder(collector, task)));
            declared.Add(new WorkflowTask(task, declared.Select(before => before.Name).TakeLast(1).ToList(), IsPlain: false));
        }

        return Run(collector.Complete(declared), change, launcher, cancellation);
    }

    public RunReport Run(WorkflowDefinition definition, Func<RunRequest, RunRequest>? change = null, ILauncher? launcher = null, CancellationToken cancellation = default)
    {
        ForgetEvents();
        var request = new RunRequest { Target = "t", Workspace = Root, Definition = definition, Capacity = new Resources(2) };
        var runner = new WorkflowRunner(Ports(new EnginePorts
        {
            OpenStore = OpenStore,
            OpenStoreToRead = OpenStoreToRead,
            Disk = new PhysicalDisk(),
            Launcher = launcher ?? new LocalLauncher(),
            Functions = new InProcessFunctions(),
            Observers = [new Recorder(Events)],
        }));
        return Last = runner.RunAsync(change?.Invoke(request) ?? request, cancellation).GetAwaiter().GetResult();
    }

    /// <summary>Forgets what former runs told; to be called before a run begins on another thread, so that nobody takes a former run's events for its own.</summary>
    public void ForgetEvents()
    {
        lock (Events)
        {
            Events.Clear();
        }
    }

    public void Dispose() => new PhysicalDisk().Delete(Root);

    private IFileStore OpenStore()
    {
        var store = FileStore.Open(Root);
        return Cache is null ? store : new CachedFileStore(store, CacheUse(new CacheOptions { Place = Cache }), Note);
    }

    private IFileStore OpenStoreToRead(int asked)
    {
        var store = ReadingStore.Open(Root, asked: asked);
        return Cache is null ? store : new CachedReadingStore(store, CacheUse(new CacheOptions { Place = Cache }), Note);
    }

    private void Note(string notice)
    {
        lock (CacheNotices)
        {
            CacheNotices.Add(notice);
        }
    }

    private sealed class Recorder(List<RunEvent> events) : IRunObserver
    {
        public void On(RunEvent runEvent)
        {
            lock (events)
            {
                events.Add(runEvent);
            }
        }
    }
}

/// <summary>Short ways to declare steps that run a shell.</summary>
internal static class ShellSteps
{
    /// <summary>A step that runs a shell script; the script is in the key.</summary>
    public static Step Shell(this StepBuilder steps, string name, string script, [CallerFilePath] string file = "", [CallerLineNumber] int line = 0) =>
        steps.Step(name, file, line).Tool("sh").Run("sh", "-c", script);

    /// <summary>A step that runs a shell script with arguments.</summary>
    public static Step Shell(this StepBuilder steps, string name, string script, string[] arguments, [CallerFilePath] string file = "", [CallerLineNumber] int line = 0) =>
        steps.Step(name, file, line).Tool("sh").Run("sh", ["-c", script, "sh", .. arguments]);
}
