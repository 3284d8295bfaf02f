using System.Diagnostics;
using System.Globalization;
using ScaleMs.Core.Model;
using ScaleMs.Launchers.Sites;
using ScaleMs.Slurm.Tests.Cluster;

namespace ScaleMs.Slurm.Tests;

/// <summary>Measures trivial steps on a Slurm of one's own: <c>ScaleMs.Slurm.Tests --rates [STEPS PACKED]</c>. Read the ratios, not the rates.</summary>
internal static class Rates
{
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(1);

    internal static async Task<int> RunAsync(int steps, int packed)
    {
        await using var cluster = new SlurmCluster();
        await cluster.InitializeAsync();
        if (cluster.Problem.Length > 0)
        {
            await Console.Error.WriteLineAsync(cluster.Problem);
            return 2;
        }

        await RawAsync(cluster, 8);
        var raw = await RawAsync(cluster, steps);
        var single = await OursAsync(steps, slurm => slurm);
        var again = await RawAsync(cluster, steps);
        var together = await OursAsync(packed, slurm => slurm with { Pack = 100, PackCpus = 2 });
        raw = Math.Max(raw, again);
        Tell($"raw sbatch --array, {steps} tasks", raw, raw);
        Tell($"unpacked, {steps} steps", single, raw);
        Tell($"packed, {packed} steps, 100 in a job of 2 cores", together, raw);
        return 0;
    }

    /// <summary>Tasks per second, from sbatch to the last one's end.</summary>
    private static async Task<double> RawAsync(SlurmCluster cluster, int count)
    {
        var start = Stopwatch.GetTimestamp();
        var words = string.Create(CultureInfo.InvariantCulture, $"--parsable --array=0-{count - 1} --cpus-per-task=1 --time=2 --export=NONE --no-requeue --chdir=/ --output=/dev/null");
        var job = await cluster.AdminAsync($"printf '#!/bin/sh\\ntrue\\n' | sbatch {words}");
        await cluster.AdminAsync($"while squeue -h -j {job} 2>/dev/null | grep -q .; do sleep 0.1; done");
        return count / Stopwatch.GetElapsedTime(start).TotalSeconds;
    }

    private static async Task<double> OursAsync(int count, Func<SlurmProfile, SlurmProfile> change)
    {
        using var space = new SlurmSpace(change: change);
        var requests = Enumerable.Range(0, count).Select(_ => space.Request(SlurmSpace.Shell("true")) with { TimeLimit = Limit, Granted = new Resources(TimeLimit: Limit) }).ToList();
        var start = Stopwatch.GetTimestamp();
        var results = await Task.WhenAll(requests.Select(request => space.Launcher.RunAsync(request, null, CancellationToken.None)));
        var elapsed = Stopwatch.GetElapsedTime(start).TotalSeconds;
        return results.All(result => result.ExitCode == 0 && result.End == Core.Ports.LaunchEnd.Exited) ? count / elapsed : throw new InvalidOperationException("a step failed");
    }

    private static void Tell(string what, double rate, double raw) =>
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{what}: {rate:0.00} a second, {rate / raw:0.00} of raw"));
}
