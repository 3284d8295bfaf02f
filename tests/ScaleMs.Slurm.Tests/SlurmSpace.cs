using System.Globalization;
using ScaleMs.Core.Model;
using ScaleMs.Core.Ports;
using ScaleMs.Launchers.Sites;
using ScaleMs.Launchers.Slurm;

namespace ScaleMs.Slurm.Tests;

/// <summary>A work directory with attempts in it and a launcher for them; removed at the end.</summary>
public sealed class SlurmSpace : IDisposable
{
    private readonly bool _isKept;
    private readonly Lock _lock = new();
    private readonly List<string> _lines = [];
    private int _count;

    /// <summary>Makes an empty space.</summary>
    public SlurmSpace(string partition = "main", Func<SlurmProfile, SlurmProfile>? change = null)
        : this(NewRoot(), partition, change, isKept: false)
    {
    }

    private SlurmSpace(string root, string partition, Func<SlurmProfile, SlurmProfile>? change, bool isKept)
    {
        (Root, _isKept) = (root, isKept);
        var slurm = new SlurmProfile { Partition = partition, Poll = TimeSpan.FromSeconds(0.5), Gather = TimeSpan.FromSeconds(0.1), FileDelay = TimeSpan.FromSeconds(1) };
        Site = new SiteProfile { Name = "cluster", Launcher = "slurm", Slurm = change is null ? slurm : change(slurm) };
        Launcher = new SlurmLauncher(Site, Work);
    }

    public string Root { get; }

    public string Work => Path.Combine(Root, "work");

    public SiteProfile Site { get; }

    public SlurmLauncher Launcher { get; private set; }

    /// <summary>What listeners were told so far.</summary>
    public IReadOnlyList<string> Lines
    {
        get
        {
            lock (_lock)
            {
                return [.. _lines];
            }
        }
    }

    public static SlurmSpace At(string root, string partition) => new(root, partition, null, isKept: true);

    /// <summary>A script for the shell; it gets the arguments as $1, $2…</summary>
    public static LaunchCommand Shell(string script, params string[] arguments) => new("/bin/sh", ["-c", script, "sh", .. arguments], null, null);

    internal void Use(SlurmPorts ports) => Launcher = new SlurmLauncher(Site, Work, ports);

    /// <summary>Another client of the same space.</summary>
    public void Renew() => Launcher = new SlurmLauncher(Site, Work);

    public LaunchRequest Request(params LaunchCommand[] commands) => Request($"a{Interlocked.Increment(ref _count)}", commands);

    public LaunchRequest Request(string name, params LaunchCommand[] commands)
    {
        var directory = Path.Combine(Work, name, "files");
        System.IO.Directory.CreateDirectory(directory);
        return new()
        {
            Step = new StepId("task", "step"),
            Key = "k" + name,
            Directory = directory,
            Commands = commands,
            Environment = new Dictionary<string, string> { ["LC_ALL"] = "C" },
            LogFile = Path.Combine(Work, name, "log"),
            Grace = TimeSpan.FromSeconds(3),
        };
    }

    public Task<LaunchResult> RunAsync(LaunchRequest request, CancellationToken cancellation = default) => Launcher.RunAsync(request, Hear, cancellation);

    public Task<LaunchResult> RunAsync(string script) => RunAsync(Request(Shell(script)));

    public static string RootOf(LaunchRequest request) => Path.GetDirectoryName(request.Directory)!;

    /// <summary>The job of an attempt; empty while no file names it.</summary>
    internal string JobOf(LaunchRequest request) =>
        SubmittedRecord.Read(RootOf(request)) is { } record && Launcher.Records.Read(record.Batch) is { Length: > 0 } array ? $"{array}_{record.Index}" : string.Empty;

    public static string Log(LaunchRequest request) => File.Exists(request.LogFile) ? File.ReadAllText(request.LogFile) : string.Empty;

    public static bool Has(LaunchRequest request, string file) => File.Exists(Path.Combine(request.Directory, file));

    public static int ReadPid(LaunchRequest request, string file) => int.Parse(File.ReadAllText(Path.Combine(request.Directory, file)).Trim(), CultureInfo.InvariantCulture);

    public void Dispose()
    {
        if (!_isKept)
        {
            System.IO.Directory.Delete(Root, recursive: true);
        }
    }

    /// <summary>In memory where there is such a disk: tens of thousands of files are made and removed.</summary>
    private static string NewRoot()
    {
        const string memory = "/dev/shm";
        var root = Path.Combine(System.IO.Directory.Exists(memory) ? memory : Path.GetTempPath(), "sw-" + Guid.NewGuid().ToString("N")[..8]);
        return System.IO.Directory.CreateDirectory(root).FullName;
    }

    private void Hear(string line)
    {
        lock (_lock)
        {
            _lines.Add(line);
        }
    }
}
