using BenchmarkDotNet.Attributes;
using ScaleMs.Core.Graph;
using ScaleMs.Core.Model;
using ScaleMs.Core.Planning;
using ScaleMs.Core.Ports;
using ScaleMs.Engine.Running;
using ScaleMs.Store;
using ScaleMs.Store.Disk;

namespace ScaleMs.Benchmarks.Micro;

/// <summary>Building the graph, and planning it when everything is up to date; the store is open before.</summary>
[MemoryDiagnoser]
public class PlanningBenchmarks
{
    private FilledWorkspace _workspace = null!;
    private WorkflowDefinition _definition = null!;
    private FileStore _store = null!;

    [Params(1_000, 10_000, 100_000)]
    public int Steps { get; set; }

    [GlobalSetup]
    public void Fill() => (_workspace, _definition) = (new FilledWorkspace(Steps), SampleSteps.Definition(Steps));

    [IterationSetup(Target = nameof(Plan))]
    public void Open() => _store = _workspace.Open();

    [GlobalCleanup]
    public void Remove() => _workspace.Dispose();

    [Benchmark(Baseline = true)]
    public WorkflowGraph? Graph() => WorkflowGraph.Build(_definition).Graph;

    /// <exception cref="InvalidOperationException">A step is not up to date: this would measure something else.</exception>
    [Benchmark]
    public async Task Plan()
    {
        var ports = new EnginePorts { OpenStore = () => _store, Disk = new PhysicalDisk(), Launcher = new NoLauncher(), Functions = new NoFunctions() };
        var request = new RunRequest { Target = "all", Workspace = _workspace.Folder, Definition = _definition, Capacity = new Resources(1, 0), PlanOnly = true };
        var report = await new WorkflowRunner(ports).RunAsync(request, CancellationToken.None);
        if (report.Plan.Any(step => step.Kind != PlanKind.UpToDate))
        {
            throw new InvalidOperationException($"'{report.Plan.First(step => step.Kind != PlanKind.UpToDate).Step.Id}' is not up to date");
        }
    }

    private sealed class NoLauncher : ILauncher
    {
        public string Name => "none";

        public Task<LaunchResult> RunAsync(LaunchRequest request, Action<string>? onLine, CancellationToken cancellation) => throw new NotSupportedException();

        public int Reap(string workDirectory) => 0;
    }

    private sealed class NoFunctions : IFunctionRunner
    {
        public FunctionLaunch? LaunchOf(StepInstance step, string callFile) => null;

        public Task<string?> CallAsync(StepInstance step, string directory, string logFile, CancellationToken cancellation) => throw new NotSupportedException();
    }
}
