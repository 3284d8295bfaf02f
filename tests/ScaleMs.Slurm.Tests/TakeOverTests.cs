using System.Diagnostics;
using ScaleMs.Core.Ports;
using Xunit;

namespace ScaleMs.Slurm.Tests;

/// <summary>Attempts of a client that died, in made-up folders.</summary>
public sealed class TakeOverTests
{
    [Fact]
    public async Task TenThousand_FinishedAndRunning_AreTakenInTenSecondsWithOneQuery()
    {
        const int count = 10_000;
        using var slurm = new FakeSlurm();
        using var space = slurm.Space(it => it with { Poll = TimeSpan.FromSeconds(30) });
        var requests = Enumerable.Range(0, count).Select(_ => space.Request(SlurmSpace.Shell("true")) with { IsTakenOver = true }).ToList();
        for (var i = 0; i < count; i++)
        {
            MadeUp.Submit(requests[i], i / 1000, i % 1000);
        }

        requests.Take(count / 2).ToList().ForEach(request => MadeUp.Finish(request, 0, rings: false));
        slurm.Write("squeue.answer", string.Concat(Enumerable.Range(count / 2, count / 2).Select(i => FakeSlurm.Line($"{1 + (i / 1000)}_{i % 1000}", "RUNNING", "scalems:w:" + MadeUp.Batch(i / 1000)))));
        var start = Stopwatch.GetTimestamp();
        var runs = requests.Where(request => space.Launcher.CanTakeOver(SlurmSpace.RootOf(request))).Select(request => space.Launcher.RunAsync(request, null, CancellationToken.None)).ToList();
        var results = await Task.WhenAll(runs.Take(count / 2));
        await Poll.UntilAsync(() => slurm.Calls("squeue") == 1);
        var elapsed = Stopwatch.GetElapsedTime(start);
        Assert.Equal(count, runs.Count);
        Assert.All(results, result => Assert.Equal(LaunchEnd.Exited, result.End));
        Assert.True(elapsed < TimeSpan.FromSeconds(10), $"{elapsed}");
        requests.Skip(count / 2).ToList().ForEach(request => MadeUp.Finish(request, 5));
        Assert.All(await Task.WhenAll(runs.Skip(count / 2)), result => Assert.Equal(5, result.ExitCode));
        Assert.Equal((1, 0), (slurm.Calls("squeue"), slurm.Calls("sbatch")));
    }

    [Fact]
    public async Task Queue_NothingUnderWay_IsNotAsked()
    {
        using var slurm = new FakeSlurm();
        using var space = slurm.Space(it => it with { FileDelay = TimeSpan.FromMinutes(1) });
        var request = space.Request(SlurmSpace.Shell("true"));
        MadeUp.Finish(request, 0);
        await space.RunAsync(request);
        var calls = slurm.Calls("squeue");
        await Task.Delay(TimeSpan.FromSeconds(1));
        Assert.Equal(calls, slurm.Calls("squeue"));
    }

    [Fact]
    public void Attempt_OfAnotherSiteOrCancelledOrNotSubmitted_IsNotTakenOver()
    {
        using var slurm = new FakeSlurm();
        using var space = slurm.Space();
        var (fresh, cancelled, alien, broken) = (space.Request(), space.Request(), space.Request(), space.Request());
        MadeUp.Submit(cancelled, 1, 0);
        File.WriteAllText(Path.Combine(SlurmSpace.RootOf(cancelled), "cancel"), string.Empty);
        new Launchers.Slurm.SubmittedRecord("elsewhere", MadeUp.Batch(1), 0, "/").Write(SlurmSpace.RootOf(alien));
        File.WriteAllText(Path.Combine(SlurmSpace.RootOf(broken), "submitted.json"), """{"launcher":"slurm","site":7}""");
        Assert.All([fresh, cancelled, alien, broken], request => Assert.False(space.Launcher.CanTakeOver(SlurmSpace.RootOf(request))));
    }
}
