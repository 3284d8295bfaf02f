using System.Diagnostics;
using System.Globalization;
using ScaleMs.Core.Ports;
using ScaleMs.Launchers.Native;
using ScaleMs.Launchers.Ssh;

namespace ScaleMs.Ssh.Tests;

/// <summary>Steps a second beside a raw loop of ssh clients that share a connection, taking turns; and memory while many attempts wait.</summary>
internal static class Bench
{
    private const int Rounds = 5;

    /// <summary>By content, with an output and a log.</summary>
    private const string Writing = "writing";

    /// <summary>The raw loops are as many as the slots.</summary>
    internal static async Task<int> RunAsync(int steps, int slots, string mode)
    {
        using var servers = new SshServers();
        using var space = Space();
        await using var launcher = new SshLauncher(servers.Site(mode == "shared", slots, servers.A));
        await launcher.RunAsync(space.Request("true"), null, CancellationToken.None);
        var ratios = new List<double>();
        for (var round = 0; round < Rounds; round++)
        {
            var (raw, ours) = (await RawAsync(servers, steps, slots), await OursAsync(launcher, space, steps, mode == Writing));
            ratios.Add(ours / raw);
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{slots} raw loops {raw:0.0}/s, launcher {ours:0.0}/s, ratio {ours / raw:0.00}"));
        }

        ratios.Sort();
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"ratios {ratios[0]:0.00} to {ratios[^1]:0.00}, median {ratios[Rounds / 2]:0.00}"));
        return 0;
    }

    /// <summary>Steps of one kind alone, for tools that count processes and system calls from outside.</summary>
    internal static async Task<int> StepsAsync(int steps, int slots, string mode)
    {
        using var servers = new SshServers();
        using var space = Space();
        await using var launcher = new SshLauncher(servers.Site(mode == "shared", slots, servers.A));
        var rate = mode == "raw" ? await RawAsync(servers, steps, slots) : await OursAsync(launcher, space, steps, mode == Writing);
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{rate:0.0}/s"));
        return 0;
    }

    internal static async Task<int> PendingAsync(int steps)
    {
        using var servers = new SshServers();
        using var space = Space();
        var launcher = new SshLauncher(servers.Site(isShared: true, 1, servers.A));
        using var stop = new CancellationTokenSource();
        var before = GC.GetTotalMemory(forceFullCollection: true);
        var request = space.Request("sleep 600");
        var runs = Enumerable.Range(0, steps).Select(i => launcher.RunAsync(i == 0 ? request : request with { Step = new Core.Model.StepId("task", "waiting") }, null, stop.Token)).ToList();
        var (held, threads) = (GC.GetTotalMemory(forceFullCollection: true) - before, Process.GetCurrentProcess().Threads.Count);
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{steps} attempts under way: {held / steps} bytes each, {threads} threads"));
        await stop.CancelAsync();
        await Task.WhenAll(runs);
        return 0;
    }

    /// <summary>Attempts are spread over the disk, as hosts of runs do.</summary>
    private static SshSpace Space()
    {
        var space = new SshSpace();
        SpreadFolder.Make(space.Root);
        return space;
    }

    private static async Task<double> RawAsync(SshServers servers, int steps, int slots)
    {
        var shell = new SshShell(servers.A.Alias, ["-F", servers.Configuration]);
        await shell.RunAsync("true", null, CancellationToken.None);
        return await RateAsync(steps, () => Task.WhenAll(Enumerable.Range(0, slots).Select(_ => Task.Run(() => Loop(shell, steps / slots)))));
    }

    private static Task<double> OursAsync(SshLauncher launcher, SshSpace space, int steps, bool isWriting)
    {
        var requests = Enumerable.Range(0, steps).Select(_ => isWriting ? space.Request("echo made > out.txt; echo said", "out.txt") : space.Request([new LaunchCommand("/bin/true", [], null, null)])).ToList();
        return RateAsync(steps, () => Task.WhenAll(requests.Select(request => launcher.RunAsync(request, null, CancellationToken.None))));
    }

    private static async Task<double> RateAsync(int steps, Func<Task> run)
    {
        var start = Stopwatch.GetTimestamp();
        await run();
        return steps / Stopwatch.GetElapsedTime(start).TotalSeconds;
    }

    private static void Loop(SshShell shell, int steps)
    {
        for (var i = 0; i < steps; i++)
        {
            using var client = Process.Start("ssh", [.. shell.Arguments.SkipLast(1), "/bin/true"]);
            client.WaitForExit();
        }
    }
}
