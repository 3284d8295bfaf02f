using System.Collections.Concurrent;
using System.Diagnostics;
using ScaleMs.Amqp.Tests.Support;
using ScaleMs.Core.Ports;
using ScaleMs.Core.Secrets;

namespace ScaleMs.Amqp.Tests;

/// <summary>An action goes to a worker and its outputs come back, through a real broker.</summary>
public sealed class RunningTests(RabbitNode node)
{
    [Fact]
    public async Task Action_WithInputsAndOutputs_RunsAtAWorkerAndComesBack()
    {
        await using var space = FarmSpace.New(node);
        space.StartWorker();
        await using var client = space.Client();
        var request = space.Request("cat in/a big > out; mkdir -p tree/sub; echo x > tree/sub/y; ln -s y tree/sub/l; echo hello; pwd > where", "out", "tree/", "where");
        Directory.CreateDirectory(Path.Combine(request.Directory, "in"));
        File.WriteAllText(Path.Combine(request.Directory, "in", "a"), "small");
        File.WriteAllText(Path.Combine(request.Directory, "big"), new string('b', 100_000));
        var lines = new List<string>();
        var result = await client.RunAsync(request, lines.Add, CancellationToken.None);
        Assert.Equal((LaunchEnd.Exited, 0, string.Empty), (result.End, result.ExitCode, result.Message));
        Assert.Equal("small" + new string('b', 100_000), File.ReadAllText(Path.Combine(request.Directory, "out")));
        Assert.Equal("x\n", File.ReadAllText(Path.Combine(request.Directory, "tree/sub/l")));
        Assert.NotNull(new FileInfo(Path.Combine(request.Directory, "tree/sub/l")).LinkTarget);
        Assert.StartsWith(Path.Combine(space.Root, "worker-w"), File.ReadAllText(Path.Combine(request.Directory, "where")), StringComparison.Ordinal);
        Assert.Equal(["hello"], lines);
        Assert.Equal("hello\n", File.ReadAllText(request.LogFile));
        Assert.Equal(Environment.MachineName, result.Host);
    }

    [Fact]
    public async Task Action_ThatPrints_IsHeardWhileItRunsAndEachLineOnce()
    {
        await using var space = FarmSpace.New(node);
        space.StartWorker();
        await using var client = space.Client();
        var go = Path.Combine(space.Root, "go");
        var request = space.Request($"echo one hush-hush; while [ -d {space.Root} ] && [ ! -e {go} ]; do sleep 0.05; done; echo two") with { LogFilter = new SecretMask(SecretPatterns.Of(["hush-hush"u8.ToArray()])) };
        var lines = new ConcurrentQueue<string>();
        var running = client.RunAsync(request, lines.Enqueue, CancellationToken.None);
        await Poll.UntilAsync(() => !lines.IsEmpty);
        Assert.False(running.IsCompleted);
        Assert.Equal("one ***\n", File.ReadAllText(request.LogFile));
        File.WriteAllText(go, string.Empty);
        Assert.Equal(LaunchEnd.Exited, (await running).End);
        Assert.Equal(["one ***", "two"], lines);
        Assert.Equal("one ***\ntwo\n", File.ReadAllText(request.LogFile));
    }

    [Fact]
    public async Task Actions_Many_AllComeBack()
    {
        await using var space = FarmSpace.New(node);
        space.StartWorker(space.WorkerOptions("a"));
        space.StartWorker(space.WorkerOptions("b"));
        await using var client = space.Client();
        var requests = Enumerable.Range(0, 100).Select(i => space.Request($"echo {i} > out", "out")).ToList();
        var results = await Task.WhenAll(requests.Select(request => client.RunAsync(request, null, CancellationToken.None)));
        Assert.All(results, result => Assert.Equal((LaunchEnd.Exited, 0), (result.End, result.ExitCode)));
        Assert.Equal(Enumerable.Range(0, 100).Select(i => $"{i}\n"), requests.Select(request => File.ReadAllText(Path.Combine(request.Directory, "out"))));
    }

    /// <summary>A gigabyte of each is the same with <c>--large FARM ROOT PORT 1000</c>.</summary>
    [Fact]
    public async Task Output_AndLogThatAreLarge_ComeWholeAndAreNeverInMemory()
    {
        const int Mebibytes = 128;
        await using var space = FarmSpace.New(node);
        space.StartWorker();
        using var client = Process.Start(new ProcessStartInfo(EntryPoint.Program, ["--large", space.Farm, space.Root, $"{space.Port}", $"{Mebibytes}"]) { RedirectStandardOutput = true })!;
        var told = (await client.StandardOutput.ReadToEndAsync()).Trim().Split(' ');
        Assert.Equal(["Exited", "0"], told[..2]);
        Assert.All(["log", "files/out"], file => Assert.Equal(Mebibytes << 20, new FileInfo(Path.Combine(space.Root, "work/large", file)).Length));
        Assert.InRange(int.Parse(told[3], null), 1, Mebibytes);
    }
}
