using System.Collections.Concurrent;
using System.Diagnostics;
using ScaleMs.Core.Model;
using ScaleMs.Core.Ports;
using ScaleMs.Launchers.Amqp;
using ScaleMs.Launchers.Amqp.Broker;
using ScaleMs.Launchers.Amqp.Client;
using ScaleMs.Launchers.Native;

namespace ScaleMs.Amqp.Tests.Support;

/// <summary>A farm of one test: a name of its own at the shared broker, a folder for attempts, blobs and workers.</summary>
internal sealed class FarmSpace : IAsyncDisposable
{
    /// <summary>Of all requests; without a time limit it is the time of their class.</summary>
    internal static readonly TimeSpan Grace = TimeSpan.FromSeconds(2);

    private readonly List<(Task Task, CancellationTokenSource Stop)> _workers = [];
    private readonly List<Process> _processes = [];
    private int _attempts;

    private FarmSpace(string farm, string root, int port) => (Farm, Root, Port) = (farm, root, port);

    internal string Farm { get; }

    internal string Root { get; }

    internal int Port { get; set; }

    internal ConcurrentQueue<string> Notices { get; } = new();

    internal string Blobs => Path.Combine(Root, "blobs");

    internal static FarmSpace New(RabbitNode node)
    {
        Assert.SkipUnless(node.Missing is null, node.Missing ?? string.Empty);
        var folder = Directory.CreateTempSubdirectory("farm");
        SpreadFolder.Make(Path.Combine(folder.FullName, "work")); // as hosts do
        return new FarmSpace(folder.Name, folder.FullName, node.Port);
    }

    internal static FarmSpace At(string farm, string root, int port) => new(farm, root, port);

    internal AmqpLauncherOptions ClientOptions => new()
    {
        Broker = RabbitNode.Address(Port),
        Farm = Farm,
        Blobs = Blobs,
        Heartbeat = TimeSpan.FromSeconds(2),
        Announcement = TimeSpan.FromMilliseconds(200),
        NoFitPatience = TimeSpan.FromMilliseconds(500),
        Notice = Notices.Enqueue,
    };

    internal FarmWorkerOptions WorkerOptions(string name = "w") => new()
    {
        Broker = RabbitNode.Address(Port),
        Farm = Farm,
        Blobs = Blobs,
        Name = name,
        Directory = Path.Combine(Root, "worker-" + name),
        Slots = 2,
        Heartbeat = TimeSpan.FromSeconds(2),
        Lease = TimeSpan.FromSeconds(2),
        HoldAfter = TimeSpan.FromMilliseconds(300),
        Announcement = TimeSpan.FromMilliseconds(200),
        Notice = Notices.Enqueue,
    };

    internal AmqpLauncher Client() => new(ClientOptions);

    internal FarmWorker StartWorker(FarmWorkerOptions? options = null, CancellationToken drain = default, CancellationToken leave = default)
    {
        var worker = new FarmWorker(options ?? WorkerOptions());
        var stop = new CancellationTokenSource();
        _workers.Add((Task.Run(() => worker.RunAsync(drain, leave, stop.Token), CancellationToken.None), stop));
        return worker;
    }

    internal Task Workers => Task.WhenAll(_workers.Select(worker => worker.Task));

    internal Process StartProcess(params string[] arguments)
    {
        var process = Process.Start(new ProcessStartInfo(EntryPoint.Program, arguments))!;
        _processes.Add(process);
        return process;
    }

    internal Process StartWorkerProcess(string name, TimeSpan lease) => StartProcess("--worker", Farm, Root, $"{Port}", name, $"{lease}");

    /// <summary>A request whose commands are one line of shell.</summary>
    internal LaunchRequest Request(string script, params string[] outputs)
    {
        var root = Path.Combine(Root, "work", $"{Interlocked.Increment(ref _attempts)}");
        Directory.CreateDirectory(Path.Combine(root, "files"));
        return RequestAt(root, script, outputs);
    }

    internal static LaunchRequest RequestAt(string root, string script, params string[] outputs) => new()
    {
        Step = StepId.Parse("simulate/run[replica=1]"),
        Key = new string('a', 64),
        Directory = Path.Combine(root, "files"),
        Commands = [new LaunchCommand("/bin/sh", ["-c", script], null, null)],
        Environment = new Dictionary<string, string>(StringComparer.Ordinal) { ["LC_ALL"] = "C" },
        Outputs = [.. outputs.Select(output => new LaunchOutput(ArtifactPath.Parse(output.TrimEnd('/')), IsTree: output.EndsWith('/')))],
        LogFile = Path.Combine(root, "log"),
        Grace = Grace,
    };

    internal static string RootOf(LaunchRequest request) => Path.GetDirectoryName(request.Directory)!;

    /// <summary>Whether the broker has confirmed it.</summary>
    internal static bool IsSent(LaunchRequest request) => AttemptJournal.Read(RootOf(request)) is { Unsent: null };

    /// <summary>A worker as a process of its own.</summary>
    internal async Task<int> ServeAsync(string name, TimeSpan lease)
    {
        var worker = new FarmWorker(WorkerOptions(name) with { Lease = lease, Notice = Console.WriteLine });
        await worker.RunAsync(CancellationToken.None, CancellationToken.None);
        return 0;
    }

    /// <summary>A client as a process of its own, with one attempt in the folder <c>taken</c>.</summary>
    internal async Task<int> SubmitAsync(string script)
    {
        var root = Path.Combine(Root, "work", "taken");
        Directory.CreateDirectory(Path.Combine(root, "files"));
        await using var client = Client();
        var result = await client.RunAsync(RequestAt(root, script, "out"), null, CancellationToken.None);
        return result.ExitCode;
    }

    /// <summary>A client as a process of its own, whose step prints much and makes a large output; tells this process's peak memory, in MiB.</summary>
    internal async Task<int> LargeAsync(int mebibytes)
    {
        var root = Path.Combine(Root, "work", "large");
        Directory.CreateDirectory(Path.Combine(root, "files"));
        var lines = 0L;
        await using var client = Client();
        var request = RequestAt(root, $"yes 'all work and no play' | head -c {mebibytes}M; head -c {mebibytes}M /dev/urandom > out", "out");
        var result = await client.RunAsync(request, _ => lines++, CancellationToken.None);
        using var self = Process.GetCurrentProcess();
        Console.WriteLine($"{result.End} {result.ExitCode} {lines} {self.PeakWorkingSet64 >> 20}");
        return result.ExitCode;
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var process in _processes)
        {
            process.Kill(entireProcessTree: true);
            await process.WaitForExitAsync();
            process.Dispose();
        }

        foreach (var (task, stop) in _workers)
        {
            await stop.CancelAsync();
            await task.WaitAsync(TimeSpan.FromSeconds(30)).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            stop.Dispose();
        }

        Directory.Delete(Root, recursive: true);
    }
}
