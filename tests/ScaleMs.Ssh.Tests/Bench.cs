using System.Diagnostics;
using ScaleMs.Launchers.Ssh;
namespace ScaleMs.Ssh.Tests;
internal static class Bench
{
    internal static async Task<int> RunAsync(int steps, bool isShared, int slots)
    {
        using var servers = new SshServers();
        using var space = new SshSpace();
        var launcher = new SshLauncher(servers.Site(isShared, slots, servers.A));
        await launcher.RunAsync(space.Request("true"), null, default);
        var shell = new SshShell(servers.A.Alias, ["-F", servers.Configuration]);
        await shell.RunAsync("true", null, default);
        for (var round = 0; round < 3; round++)
        {
            var start = Stopwatch.GetTimestamp();
            for (var i = 0; i < steps; i++) { using var p = Process.Start("ssh", [.. shell.Arguments.SkipLast(1), "true"]); p.WaitForExit(); }
            var raw = steps / Stopwatch.GetElapsedTime(start).TotalSeconds;
            var requests = Enumerable.Range(0, steps).Select(_ => space.Request("true")).ToList();
            start = Stopwatch.GetTimestamp();
            var ends = await Task.WhenAll(requests.Select(r => launcher.RunAsync(r, null, default)));
            var ours = steps / Stopwatch.GetElapsedTime(start).TotalSeconds;
            Console.WriteLine($"raw {raw:0.0}/s ours {ours:0.0}/s ratio {ours / raw:0.00} bad {ends.Count(e => e.End != Core.Ports.LaunchEnd.Exited)} {ends[0].Message}");
        }
        return 0;
    }
}
