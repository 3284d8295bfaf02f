using System.Collections.Concurrent;
using System.Diagnostics;
using ScaleMs.Core.Ports;
using ScaleMs.Launchers.Sites;
using ScaleMs.Launchers.Slurm;
using ScaleMs.Slurm.Tests.Cluster;

namespace ScaleMs.Slurm.Tests;

/// <summary>Attempts that run, as Slurm says, and show no sign of life.</summary>
public sealed class SilenceTests(SlurmCluster cluster)
{
    private readonly ConcurrentQueue<string> _told = new();

    [Fact]
    public void Heart_ThatBeats_IsNotSilent()
    {
        var heart = new Heart();
        heart.See("1", At(0));
        heart.See("2", At(100));
        Assert.Equal(TimeSpan.Zero, heart.Silence);
        heart.See("2", At(130));
        Assert.Equal(TimeSpan.FromSeconds(30), heart.Silence);
    }

    [Fact]
    public void Heart_NotLookedAtOrNotSeen_WasNotSilent()
    {
        var heart = new Heart();
        heart.See("1", At(0));
        heart.See("1", At(10));
        heart.See(string.Empty, At(1000)); // this machine sees the disk badly
        Assert.Equal(TimeSpan.FromSeconds(10), heart.Silence);
        heart.Rest();
        heart.See("1", At(2000));
        Assert.Equal(TimeSpan.Zero, heart.Silence);
    }

    [Fact]
    public void Job_OneOfWhoseAttemptsBeats_IsNotSilent()
    {
        var (silent, beating, waiting) = (Attempt("a"), Attempt("b"), Attempt("c"));
        silent.Heart.See("1", At(0));
        silent.Heart.See("1", At(100));
        Assert.True(Heartbeats.IsSilent([silent, waiting], TimeSpan.FromSeconds(60)));
        beating.Heart.See("1", At(0));
        beating.Heart.See("2", At(100));
        Assert.False(Heartbeats.IsSilent([silent, beating, waiting], TimeSpan.FromSeconds(60)));
        Assert.False(Heartbeats.IsSilent([waiting], TimeSpan.FromSeconds(60)));
    }

    [Fact]
    public async Task Attempt_ThatIsSilent_IsToldOnceWithNodeAndAgeAndWaitedFor()
    {
        using var slurm = new FakeSlurm();
        using var space = Space(slurm, profile => profile with { Silence = TimeSpan.FromSeconds(1) });
        var request = space.Request(SlurmSpace.Shell("true"));
        var run = space.RunAsync(request);
        await BeginAsync(slurm, request);
        await Poll.UntilAsync(() => !_told.IsEmpty);
        var queries = slurm.Calls("squeue");
        await Poll.UntilAsync(() => slurm.Calls("squeue") > queries + 5);
        Assert.Matches(@"^node n1 of site 'cluster' shows no sign of life for 00:00:\d\d: task/step \(job 101_0\)\. Slurm says that it runs, so it is waited for; look at the node, or end the job with 'scancel 101_0'$", Assert.Single(_told));
        Assert.Equal(0, slurm.Calls("scancel"));
        Beat(request, 2);
        await Poll.UntilAsync(() => _told.Count >= 2);
        Assert.Equal("node n1 of site 'cluster' shows signs of life again: task/step (job 101_0)", _told.ElementAt(1));
        MadeUp.Finish(request, 0);
        Assert.Equal(LaunchEnd.Exited, (await run).End);
    }

    [Fact]
    public async Task Attempt_SilentBeyondTheSitesLimit_IsGivenUpWhenItsCancelledJobIsGoneAndNotBefore()
    {
        using var slurm = new FakeSlurm();
        using var space = Space(slurm, profile => profile with { Silence = TimeSpan.FromSeconds(0.5), SilenceLimit = TimeSpan.FromSeconds(1) });
        var request = space.Request(SlurmSpace.Shell("true"));
        var run = space.RunAsync(request);
        await BeginAsync(slurm, request);
        await Poll.UntilAsync(() => slurm.Read("scancel.words").StartsWith("101_0\n", StringComparison.Ordinal));
        slurm.Write("squeue.answer", FakeSlurm.Line("101_0", "COMPLETING", slurm.Read("sbatch.comment.1").Trim()));
        var queries = slurm.Calls("squeue");
        await Poll.UntilAsync(() => slurm.Calls("squeue") > queries + 5);
        Assert.False(run.IsCompleted);
        slurm.Remove("squeue.answer");
        slurm.Write("squeue.answer.all", FakeSlurm.Line("101_0", "CANCELLED", slurm.Read("sbatch.comment.1").Trim()));
        var result = await run;
        Assert.Equal((LaunchEnd.NodeLost, "n1"), (result.End, result.Host));
        Assert.Matches(@"^node n1 showed no sign of life for 00:00:\d\d, and job 101_0 was cancelled$", result.Message);
        Assert.Contains(_told, text => text.StartsWith("job 101_0 on node n1 of site 'cluster' is cancelled after a silence of", StringComparison.Ordinal));
        Assert.True(File.Exists(Path.Combine(SlurmSpace.RootOf(request), "cancel")));
    }

    /// <summary>Wrappers beat every ten seconds, so to a site of so little patience this one is silent.</summary>
    [Fact]
    public async Task Attempt_CancelledForItsSilenceOnARealSlurm_IsALostNodeAndNothingOfItRuns()
    {
        cluster.Require();
        using var space = new SlurmSpace();
        var request = space.Request(SlurmSpace.Shell("echo $$ > pid; touch ready; exec sleep 600"));
        var first = space.RunAsync(request);
        await Poll.UntilAsync(() => SlurmSpace.Has(request, "ready"));
        var impatient = space.Site with { Slurm = space.Site.Slurm! with { Silence = TimeSpan.FromSeconds(0.5), SilenceLimit = TimeSpan.FromSeconds(1) } };
        var result = await new SlurmLauncher(impatient, space.Work).RunAsync(request with { IsTakenOver = true }, null, TestContext.Current.CancellationToken);
        Assert.Equal(LaunchEnd.NodeLost, result.End);
        Assert.Contains("showed no sign of life", result.Message, StringComparison.Ordinal);
        await first;
        Assert.False(Directory.Exists($"/proc/{SlurmSpace.ReadPid(request, "pid")}"));
    }

    private static long At(int seconds) => 1_000_000 + (seconds * Stopwatch.Frequency);

    private static SlurmAttempt Attempt(string name)
    {
        using var space = new SlurmSpace();
        var request = space.Request(name, SlurmSpace.Shell("true"));
        return new SlurmAttempt(request, Launchers.Remote.AttemptPlace.Shared(request.Directory), null, new SlurmProfile());
    }

    private SlurmSpace Space(FakeSlurm slurm, Func<SlurmProfile, SlurmProfile> change)
    {
        var space = slurm.Space(change);
        space.Use(new SlurmPorts { Shell = slurm, Tell = _told.Enqueue });
        return space;
    }

    private static void Beat(LaunchRequest request, int number) => File.WriteAllText(Path.Combine(SlurmSpace.RootOf(request), "heartbeat"), FormattableString.Invariant($"{number}\n"));

    private static async Task BeginAsync(FakeSlurm slurm, LaunchRequest request)
    {
        await Poll.UntilAsync(() => slurm.Has("sbatch.comment.1"));
        MadeUp.Claim(request);
        Beat(request, 1);
        slurm.Write("squeue.answer", FakeSlurm.Line("101_0", "RUNNING", slurm.Read("sbatch.comment.1").Trim()));
    }
}
