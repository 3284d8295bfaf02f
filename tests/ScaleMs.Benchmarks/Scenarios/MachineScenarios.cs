using System.Diagnostics;
using System.Globalization;
using System.Security.Cryptography;
using ScaleMs.Benchmarks.Graphs;
using ScaleMs.Benchmarks.Measuring;
using ScaleMs.Benchmarks.Peers;
using ScaleMs.Benchmarks.Reporting;
using ScaleMs.Core.Identity;
using ScaleMs.Store.Disk;

namespace ScaleMs.Benchmarks.Scenarios;

/// <summary>Scenarios about the machine's own limits: starts, hashing, copying.</summary>
internal sealed class MachineScenarios(BenchSettings settings, Hosts hosts, string folder, Action<string> say)
{
    private const int MiB = 1 << 20;
    private const int Files = 4;
    private static readonly string[] Program = ["openssl", "speed", "-evp", "sha256", "-bytes", "1048576", "-seconds", "1"];

    private long Bytes => (long)settings.Large * MiB;

    /// <summary>The runtime's start, and that of a Frosting host with one empty task.</summary>
    public IEnumerable<BenchRow> Hello()
    {
        var bare = new List<Timing>();
        var frosting = new List<Timing>();
        for (var round = 0; round < settings.Rounds; round++)
        {
            bare.Add(Run("dotnet", hosts.Hello, "bare"));
            frosting.Add(Run("dotnet", hosts.Hello, "--target=hello"));
        }

        return [Row("hello", "dotnet", 0, bare), Row("hello", "frosting", 0, frosting)];
    }

    /// <summary>
    /// A process that begins cold and finds one step's state and result with all parts of the key, or explains it, beside the runtime's start; and a host
    /// of a few steps that explains one whose source changed, in a workspace that has recorded so much.
    /// </summary>
    public IEnumerable<BenchRow> Lookup()
    {
        var store = Directory.CreateDirectory(Path.Combine(folder, "lookup")).FullName;
        Run("dotnet", hosts.Lookup, "fill", store, Units.Text($"{settings.Records}"));
        List<Timing> bare = [], found = [], explained = [], told = [];
        var host = FewSteps(store);
        for (var round = 1; round <= settings.Rounds; round++)
        {
            bare.Add(Run("dotnet", hosts.Hello, "bare"));
            var number = Units.Text($"{(long)settings.Records * round / (settings.Rounds + 1)}");
            found.Add(Run("dotnet", hosts.Lookup, "find", store, number));
            explained.Add(Run("dotnet", hosts.Lookup, "why", store, number));
            told.Add(RunIn(store, host));
        }

        Directory.Delete(store, recursive: true);
        return
        [
            Row("lookup", "dotnet", 0, bare), Row("lookup", "scalems", settings.Records, found),
            Row("lookup", "scalems, why", settings.Records, explained), Row("lookup", "scalems, host --why", settings.Records, told),
        ];
    }

    /// <summary>Runs a chain of ten steps in a workspace and edits its head.</summary>
    /// <returns>The call that has the last step explained.</returns>
    private string[] FewSteps(string workspace)
    {
        var graph = Shapes.Make("chain", 10);
        var peer = new ScaleMsPeer(hosts.Host, $"--why=all/{graph.Steps[^1].Name}");
        peer.Write(graph, workspace);
        RunIn(workspace, new ScaleMsPeer(hosts.Host).Call(settings.Jobs));
        File.AppendAllText(Path.Combine(workspace, graph.EditedLeaf), "edited");
        return [.. peer.Call(settings.Jobs)];
    }

    /// <summary>Hashing as the engine hashes, beside what OpenSSL does with bytes in memory on one core.</summary>
    public IEnumerable<BenchRow> OpenSsl()
    {
        var file = WriteFiles(Path.Combine(folder, "hash"), 1, Bytes).Single();
        var many = WriteFiles(Path.Combine(folder, "hash-many"), settings.Large, Bytes);
        var disk = new PhysicalDisk();
        List<Timing> one = [], all = [], openssl = [];
        for (var round = 0; round < settings.Rounds; round++)
        {
            one.Add(Time(() => disk.Hash(file, [ContentIdentity.Bytes])));
            all.Add(Time(() => Parallel.ForEach(many, new ParallelOptions { MaxDegreeOfParallelism = settings.Jobs }, path => disk.Hash(path, [ContentIdentity.Bytes]))));
            if (Programs.Find("openssl") is not null)
            {
                openssl.Add(new Timing(Bytes / OpenSslRate(), 0, 0));
            }
        }

        Directory.Delete(Path.Combine(folder, "hash-many"), recursive: true);
        return Rated([Row("openssl", "scalems, one file", Bytes, one), Row("openssl", $"scalems, {settings.Large} files, {settings.Jobs} cores", Bytes, all), .. openssl.Count > 0 ? [Row("openssl", "openssl speed", Bytes, openssl)] : Array.Empty<BenchRow>()]);
    }

    /// <summary>
    /// Large outputs out of the store, beside cp of the same files; and what the bytes alone take: without the time of the same run whose files are small.
    /// </summary>
    public IEnumerable<BenchRow> Copying()
    {
        var large = Copies("copying", Bytes);
        var small = Copies("copying-small", Files);
        var copy = Path.Combine(large.Workspace, "copy");
        List<Timing> restored = [], started = [], copied = [];
        for (var round = 0; round < settings.Rounds; round++)
        {
            restored.Add(Restored(large));
            started.Add(Restored(small));
            Directory.CreateDirectory(copy);
            copied.Add(Run(["cp", .. large.Graph.Steps.Select(step => Path.Combine(large.Workspace, step.Output)), copy]));
            Directory.Delete(copy, recursive: true);
        }

        var bytes = restored.Zip(started, (all, start) => all with { WallSeconds = all.WallSeconds - start.WallSeconds }).ToList();
        return Rated([Row("cp", "scalems, restored", Bytes, restored), Row("cp", "scalems, the bytes alone", Bytes, bytes), Row("cp", "cp", Bytes, copied)]);
    }

    /// <summary>A workspace with a copy of each file, made once.</summary>
    private Contender Copies(string name, long bytes)
    {
        var workspace = Path.Combine(folder, name);
        var graph = new BenchGraph("wide");
        foreach (var path in WriteFiles(Path.Combine(workspace, "in"), Files, bytes))
        {
            graph.AddStep(StepKind.Copy, graph.AddLeaf(Path.GetRelativePath(workspace, path), File.ReadAllBytes(path)));
        }

        var contender = new Contender(new ScaleMsPeer(hosts.Host), graph, workspace);
        contender.Peer.Write(graph, workspace);
        contender.Run(settings.Jobs);
        return contender;
    }

    private Timing Restored(Contender contender)
    {
        contender.Peer.RemoveOutputs(contender.Workspace);
        return contender.Run(settings.Jobs);
    }

    private List<BenchRow> Rated(List<BenchRow> rows)
    {
        rows.ForEach(row => say(Units.Text($"{row.Scenario}: {row.Peer} {row.N / row.MedianSeconds / 1e9:F2} GB/s")));
        return rows;
    }

    private static BenchRow Row(string scenario, string peer, long n, List<Timing> timings) => new()
    {
        Scenario = scenario,
        Peer = peer,
        Shape = "",
        N = n,
        MedianSeconds = Median.Of(timings.Select(timing => timing.WallSeconds)),
        CpuSeconds = Median.Of(timings.Select(timing => timing.CpuSeconds)),
        PeakMiB = timings.Max(timing => timing.PeakBytes) is > 0 and var bytes ? bytes / (double)MiB : null,
        Rounds = timings.Count,
    };

    private static Timing Time(Action action)
    {
        var start = Stopwatch.GetTimestamp();
        action();
        return new Timing(Stopwatch.GetElapsedTime(start).TotalSeconds, 0, 0);
    }

    private Timing Run(params string[] call) => RunIn(folder, call);

    private Timing RunIn(string workspace, IReadOnlyList<string> call) => TimedProcess.Run(call, workspace, Path.Combine(folder, "machine.log"));

    /// <summary>Bytes per second; the last line ends with thousands of bytes and a k.</summary>
    private double OpenSslRate()
    {
        Run(Program);
        var last = File.ReadLines(Path.Combine(folder, "machine.log")).Last(line => line.TrimEnd().EndsWith('k'));
        return double.Parse(last.Split(' ', StringSplitOptions.RemoveEmptyEntries)[^1].TrimEnd('k'), CultureInfo.InvariantCulture) * 1000;
    }

    /// <summary>Files of random bytes that have so many bytes together; they stay in the page cache.</summary>
    private static List<string> WriteFiles(string directory, int count, long bytes)
    {
        Directory.CreateDirectory(directory);
        var paths = Enumerable.Range(0, count).Select(i => Path.Combine(directory, $"file{i}")).ToList();
        foreach (var path in paths)
        {
            File.WriteAllBytes(path, RandomNumberGenerator.GetBytes((int)(bytes / count)));
        }

        return paths;
    }
}
