using System.Diagnostics;
using System.Globalization;
using ScaleMs.Core.Ports;
using ScaleMs.Launchers.Ssh;

namespace ScaleMs.Ssh.Tests;

/// <summary>Steps a second beside a raw loop of ssh clients that share a connection, taking turns; and memory while many attempts wait.</summary>
internal static class Bench
{
    private const int Rounds = 3;

    internal static async Task<int> RunAsync(int steps, int slots, bool isShared)
    {
        using var servers = new SshServers();
        using var space = new SshSpace();
        var launcher = new SshLauncher(servers.Site(isShared, slots, servers.A));
        var shell = new SshShell(servers.A.Alias, ["-F", servers.Configuration]);
        await launcher.RunAsync(space.Request("true"), null, CancellationToken.None);
        await shell.RunAsync("true", null, CancellationToken.None);
        for (var round = 0; round < Rounds; round++)
        {
            var raw = await RateAsync(steps, () => Task.Run(() => Loop(shell, steps)));
            var requests = Enumerable.Range(0, steps).Select(_ => space.Request([new LaunchCommand("/bin/true", [], null, null)])).ToList();
            var ours = await RateAsync(steps, () => Task.WhenAll(requests.Select(request => launcher.RunAsync(request, null, CancellationToken.None))));
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"raw loop {raw:0.0}/s, launcher {ours:0.0}/s, ratio {ours / raw:0.00}"));
        }

        return 0;
    }

    internal static async Task<int> PendingAsync(int steps)
    {
        using var servers = new SshServers();
        using var space = new SshSpace();
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
