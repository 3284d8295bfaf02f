using ScaleMs.Core.Model;
using ScaleMs.Core.Ports;
using ScaleMs.Slurm.Tests.Cluster;
using Xunit;

namespace ScaleMs.Slurm.Tests;

/// <summary>Attempts that are ended before their commands are: by us, by others, by Slurm.</summary>
public sealed class StopTests(SlurmCluster cluster)
{
    private const string Tree = "sh -c 'echo $$ > inner; exec sleep 600' & setsid sh -c 'echo $$ > outer; exec sleep 600' & echo $$ > self; while [ ! -s inner ] || [ ! -s outer ]; do sleep 0.05; done; touch ready; wait";

    [Fact]
    public async Task Cancel_RunningTree_EndsAllOfItAndTellsThatItWasUs()
    {
        cluster.Require();
        using var space = new SlurmSpace();
        using var source = new CancellationTokenSource();
        var request = space.Request(SlurmSpace.Shell(Tree));
        var run = space.RunAsync(request, source.Token);
        await Poll.UntilAsync(() => SlurmSpace.Has(request, "ready"));
        await source.CancelAsync();
        var result = await run;
        Assert.Equal((LaunchEnd.Cancelled, string.Empty), (result.End, result.Message));
        Assert.All(["self", "inner", "outer"], file => Assert.False(IsAlive(SlurmSpace.ReadPid(request, file))));
    }

    [Fact]
    public async Task Cancel_Waiting_EndsAtOnceAndNeverRuns()
    {
        cluster.Require();
        using var space = new SlurmSpace();
        using var source = new CancellationTokenSource();
        var requests = Enumerable.Range(0, 3).Select(_ => space.Request(SlurmSpace.Shell("touch ran; sleep 600")) with { Granted = new Resources(Cpus: 9) }).ToList();
        var runs = requests.Select(request => space.RunAsync(request, source.Token)).ToList();
        await Poll.UntilAsync(() => File.Exists(Path.Combine(SlurmSpace.RootOf(requests[0]), "submitted.json")));
        await source.CancelAsync();
        Assert.All(await Task.WhenAll(runs), result => Assert.Equal(LaunchEnd.Cancelled, result.End));
        Assert.All(requests, request => Assert.False(SlurmSpace.Has(request, "ran")));
        await Poll.UntilAsync(() => !cluster.JobsOf(space).Contains("PENDING", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Cancel_BeforeSubmission_SubmitsNothing()
    {
        cluster.Require();
        using var space = new SlurmSpace(change: slurm => slurm with { Gather = TimeSpan.FromMinutes(1) });
        using var source = new CancellationTokenSource();
        var run = space.RunAsync(space.Request(SlurmSpace.Shell("true")), source.Token);
        await source.CancelAsync();
        Assert.Equal(LaunchEnd.Cancelled, (await run).End);
        Assert.Equal(0, space.Launcher.Commands.Counts.Submissions);
    }

    [Fact]
    public async Task Scancel_ByAnother_IsToldApartFromOurs()
    {
        cluster.Require();
        using var space = new SlurmSpace();
        var request = space.Request(SlurmSpace.Shell("touch ready; sleep 600"));
        var run = space.RunAsync(request);
        await Poll.UntilAsync(() => SlurmSpace.Has(request, "ready"));
        await cluster.AdminAsync($"scancel {space.JobOf(request)}");
        var result = await run;
        Assert.Equal(LaunchEnd.Cancelled, result.End);
        Assert.Contains("scancel", result.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Scancel_OfAWaitingJob_EndsItsAttempt()
    {
        cluster.Require();
        using var space = new SlurmSpace(change: slurm => slurm with { FileDelay = TimeSpan.FromSeconds(2) });
        var request = space.Request(SlurmSpace.Shell("true")) with { Granted = new Resources(Cpus: 9) };
        var run = space.RunAsync(request);
        await Poll.UntilAsync(() => space.JobOf(request).Length > 0);
        await cluster.AdminAsync($"scancel {space.JobOf(request)}");
        Assert.Equal(LaunchEnd.Cancelled, (await run).End);
    }

    [Fact]
    public async Task Warning_BeforeTheWalltime_TimesOutAndKeepsWhatTheToolWroteOnTerm()
    {
        cluster.Require();
        using var space = new SlurmSpace();
        var request = space.Request(SlurmSpace.Shell("trap 'echo saved > state.cpt; exit 0' TERM; touch ready; while :; do sleep 0.1; done"))
            with { Outputs = [new(ArtifactPath.Parse("state.cpt"), IsOptional: true)] };
        var run = space.RunAsync(request);
        await Poll.UntilAsync(() => SlurmSpace.Has(request, "ready"));
        await cluster.AdminAsync($"scancel --signal=USR1 --batch {space.JobOf(request)}");
        Assert.Equal(LaunchEnd.TimedOut, (await run).End);
        Assert.True(SlurmSpace.Has(request, "state.cpt"));
    }

    [Fact]
    public async Task Preemption_ByAJobOfHigherPriority_IsPreempted()
    {
        cluster.Require();
        using var space = new SlurmSpace("low");
        var request = space.Request(SlurmSpace.Shell("touch ready; sleep 600")) with { Granted = new Resources(Cpus: 8) };
        var run = space.RunAsync(request);
        await Poll.UntilAsync(() => SlurmSpace.Has(request, "ready"));
        await cluster.AdminAsync("sbatch -p high -c8 -o /dev/null --wrap 'sleep 1'");
        Assert.Equal(LaunchEnd.Preempted, (await run).End);
    }

    private static bool IsAlive(int pid) => File.Exists($"/proc/{pid}/stat") && !File.ReadAllText($"/proc/{pid}/stat").Contains(") Z", StringComparison.Ordinal);
}
