using System.Diagnostics;
using System.Globalization;
using ScaleMs.Core.Digests;
using ScaleMs.Core.Events;
using ScaleMs.Core.Model;
using ScaleMs.Core.Planning;
using ScaleMs.Core.Ports;
using ScaleMs.Core.Records;
using ScaleMs.Engine.Running;
using ScaleMs.Launchers.Local;
using ScaleMs.Store;
using ScaleMs.Store.Cache;
using ScaleMs.Store.Disk;

namespace ScaleMs.Storm;

/// <summary>One run of the study, in this process.</summary>
internal sealed record StudyRun(string Workspace)
{
    /// <summary>The first argument of a process that is there to be killed.</summary>
    public const string Flag = "--run";

    /// <summary>Comes before the shared cache's folder.</summary>
    public const string CacheFlag = "--cache";

    /// <summary>What such a process says when its own work begins.</summary>
    public const string Begun = "begun";

    /// <summary>Takes each executed step with its key as soon as the engine tells it.</summary>
    public Action<StepResult>? Told { get; init; }

    /// <summary>Looks at the store as it was opened.</summary>
    public Action<FileStore>? Inspect { get; init; }

    public Action<string>? AtPoint { get; init; }

    /// <summary>A shared cache; null for none.</summary>
    public string? Cache { get; init; }

    /// <summary>With how many segments the journal is rewritten.</summary>
    public int MostSegments { get; init; } = 200;

    /// <summary>Whether a run that finds nothing to do is kept, so that the next need not define and judge.</summary>
    public bool Remembers { get; init; }

    /// <summary>What the null runs of this study have in common.</summary>
    public static Digest Circumstances { get; } = Digest.Of("storm"u8);

    public RunReport Go()
    {
        FileStore? store = null;
        var runner = new WorkflowRunner(new EnginePorts
        {
            OpenStore = () => WithCache(store = Open()),
            Disk = new PhysicalDisk(),
            Launcher = new TidyLauncher(),
            Functions = new InProcessFunctions(),
            Observers = [new Listener(Told)],
            AtPoint = AtPoint,
        });
        var request = new RunRequest { Target = "storm", Workspace = Workspace, Definition = Study.Define(Workspace), Capacity = new Resources(2) };
        var report = runner.RunAsync(request, CancellationToken.None).GetAwaiter().GetResult();
        if (Remembers && report.Looks is { } looks)
        {
            store!.Remember(new NullRun { Circumstances = Circumstances, PureCode = default, Target = request.Target, Steps = report.Summary.Steps.Count, SavedSeconds = 0, Looks = looks });
        }

        return report;
    }

    /// <summary>The process that is to be killed: <c>--run WORKSPACE TOLD SEGMENTS [POINT NTH] [--cache DIR]</c>.</summary>
    public static int OfArguments(IReadOnlyList<string> arguments)
    {
        Console.WriteLine(Begun);
        using var told = new FileStream(arguments[2], FileMode.Append, FileAccess.Write, FileShare.Read, bufferSize: 0);
        var report = new StudyRun(arguments[1])
        {
            Told = result => told.Write(TextOf(result)),
            MostSegments = int.Parse(arguments[3], CultureInfo.InvariantCulture),
            Cache = arguments[^2] == CacheFlag ? arguments[^1] : null,
            AtPoint = arguments.Count > 5 && arguments[4] != CacheFlag ? DieAt(arguments[4], int.Parse(arguments[5], CultureInfo.InvariantCulture)) : null,
        }.Go();
        foreach (var step in report.Summary.Steps.Where(step => step.Failure is not null))
        {
            Console.Error.WriteLine($"{step.Id}: {step.Failure!.Message}");
        }

        return report.ExitCode;
    }

    /// <summary>The line by which an execution is remembered.</summary>
    public static string NameOf(StepResult result) => $"{result.Id} {result.Key}";

    private static byte[] TextOf(StepResult result) => System.Text.Encoding.UTF8.GetBytes(NameOf(result) + "\n");

    private static Action<string> DieAt(string point, int nth) => reached =>
    {
        if (reached == point && Interlocked.Decrement(ref nth) == 0)
        {
            Process.GetCurrentProcess().Kill();
        }
    };

    private IFileStore WithCache(FileStore store) => Cache is null ? store : new CachedFileStore(store, new CacheOptions { Place = Cache }, Console.Error.WriteLine);

    private FileStore Open()
    {
        var store = FileStore.Open(Workspace, new OpenOptions { AtPoint = AtPoint, MostSegments = MostSegments });
        Inspect?.Invoke(store);
        return store;
    }

    private sealed class Listener(Action<StepResult>? told) : IRunObserver
    {
        public void On(RunEvent runEvent)
        {
            if (runEvent is RunEvent.StepFinished { Result: { Outcome: Outcome.Executed } result })
            {
                told?.Invoke(result);
            }
        }
    }
}
