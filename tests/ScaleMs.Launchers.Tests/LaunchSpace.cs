using System.Globalization;
using ScaleMs.Core.Model;
using ScaleMs.Core.Ports;
using ScaleMs.Launchers.Local;

namespace ScaleMs.Launchers.Tests;

/// <summary>A small work directory with one attempt in it, removed at the end.</summary>
public sealed class LaunchSpace : IDisposable
{
    private readonly bool _isKept;
    private readonly Lock _lock = new();
    private readonly List<string> _lines = [];

    /// <summary>Makes an empty space.</summary>
    public LaunchSpace()
        : this(System.IO.Directory.CreateTempSubdirectory("scalems-launch-").FullName, isKept: false)
    {
    }

    private LaunchSpace(string root, bool isKept)
    {
        (Root, _isKept) = (root, isKept);
        System.IO.Directory.CreateDirectory(Directory);
    }

    /// <summary>Holds the attempts' directories and the logs.</summary>
    public string Root { get; }

    public string Directory => Path.Combine(Root, "a 1");

    public string LogFile => Path.Combine(Root, "a1.log");

    public string Log => File.Exists(LogFile) ? File.ReadAllText(LogFile) : string.Empty;

    /// <summary>What the listener was told so far.</summary>
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

    public static LaunchSpace At(string root) => new(root, isKept: true);

    /// <summary>A script for the shell; it gets the arguments as $1, $2…</summary>
    public static LaunchCommand Shell(string script, params string[] arguments) =>
        new("/bin/sh", ["-c", script, "sh", .. arguments], null, null);

    public LaunchRequest Request(params LaunchCommand[] commands) => new()
    {
        Step = new StepId("task", "step"),
        Directory = Directory,
        Commands = commands,
        Environment = new Dictionary<string, string> { ["PATH"] = "/usr/bin:/bin" },
        LogFile = LogFile,
        Grace = TimeSpan.FromSeconds(20),
    };

    public Task<LaunchResult> RunAsync(params LaunchCommand[] commands) => RunAsync(Request(commands));

    public Task<LaunchResult> RunAsync(LaunchRequest request, CancellationToken cancellation = default) =>
        new LocalLauncher().RunAsync(request, Hear, cancellation);

    /// <summary>Runs one script and cancels it when it has made the file <c>ready</c>.</summary>
    public async Task<LaunchResult> CancelWhenReadyAsync(string script, TimeSpan grace)
    {
        using var source = new CancellationTokenSource();
        var run = RunAsync(Request(Shell(script)) with { Grace = grace }, source.Token);
        await Poll.UntilAsync(() => Has("ready") || run.IsCompleted);
        await source.CancelAsync();
        return await run;
    }

    public string PathOf(string file) => Path.Combine(Directory, file);

    public bool Has(string file) => File.Exists(PathOf(file));

    public string Read(string file) => File.ReadAllText(PathOf(file));

    /// <summary>The process id that a script wrote.</summary>
    public int ReadPid(string file) => int.Parse(Read(file).Trim(), CultureInfo.InvariantCulture);

    public void Dispose()
    {
        _ = new LocalLauncher().Reap(Root);
        if (!_isKept)
        {
            System.IO.Directory.Delete(Root, recursive: true);
        }
    }

    private void Hear(string line)
    {
        lock (_lock)
        {
            _lines.Add(line);
        }
    }
}
