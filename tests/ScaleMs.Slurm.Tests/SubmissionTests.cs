using ScaleMs.Core.Ports;
using Xunit;

namespace ScaleMs.Slurm.Tests;

/// <summary>How attempts become jobs, and what happens where the site does not take them.</summary>
public sealed class SubmissionTests
{
    [Fact]
    public async Task TenThousand_LikeMembers_AreAtMostTwentySubmissions()
    {
        using var slurm = new FakeSlurm();
        slurm.Write("squeue.errors", "not now");
        using var space = slurm.Space();
        using var source = new CancellationTokenSource();
        var requests = Enumerable.Range(0, 10_000).Select(_ => space.Request(SlurmSpace.Shell("true"))).ToList();
        var runs = requests.ConvertAll(request => space.Launcher.RunAsync(request, null, source.Token));
        await Poll.UntilAsync(() => requests.TrueForAll(request => space.JobOf(request).Length > 0));
        Assert.InRange(slurm.Calls("sbatch"), 10, 20);
        await source.CancelAsync();
        Assert.All(await Task.WhenAll(runs), result => Assert.Equal(LaunchEnd.Cancelled, result.End));
        await Poll.UntilAsync(() => slurm.Calls("scancel") > 0);
        Assert.InRange(slurm.Calls("scancel"), 1, 20);
    }

    [Fact]
    public async Task Members_OfOtherResources_AreNotInTheArray()
    {
        using var slurm = new FakeSlurm();
        using var space = slurm.Space();
        var small = Enumerable.Range(0, 3).Select(_ => space.Request(SlurmSpace.Shell("true"))).ToList();
        var large = space.Request(SlurmSpace.Shell("true")) with { Granted = new(Cpus: 4, MemoryBytes: 1500 << 20, Gpus: 2) };
        await Task.WhenAll([.. small.Select(request => space.RunAsync(request)), space.RunAsync(large)]);
        var words = new[] { slurm.Read("sbatch.words.1"), slurm.Read("sbatch.words.2") }.Order(StringComparer.Ordinal).Select(text => text.Split('\n')).ToList();
        Assert.Contains(words, batch => batch.Contains("--array=0-2") && batch.Contains("--cpus-per-task=1"));
        Assert.Contains(words, batch => batch.Contains("--array=0-0") && batch.Contains("--cpus-per-task=4") && batch.Contains("--mem=1500M") && batch.Contains("--gres=gpu:2"));
    }

    [Fact]
    public async Task Words_OfAProfile_AreAllThere()
    {
        using var slurm = new FakeSlurm();
        using var space = slurm.Space(it => it with { Partition = "p q", Account = "$(a)", Qos = "q", Reservation = "r", Constraint = "a&b", Options = ["--mail-type=NONE"] });
        await space.RunAsync(space.Request(SlurmSpace.Shell("true")) with { TimeLimit = TimeSpan.FromMinutes(10) });
        var words = slurm.Read("sbatch.words.1").Split('\n');
        string[] wanted = ["--partition=p q", "--account=$(a)", "--qos=q", "--reservation=r", "--constraint=a&b", "--mail-type=NONE", "--time=12", "--signal=B:USR1@33", "--no-requeue", "--export=NONE", "--nodes=1", "--ntasks=1"];
        Assert.Empty(wanted.Except(words));
    }

    [Fact]
    public async Task Sbatch_TimedOutAndTookTheJob_IsNotAskedAgain()
    {
        using var slurm = new FakeSlurm();
        slurm.Write("sbatch.errors.1", "sbatch: error: Batch job submission failed: Socket timed out on send/recv operation");
        slurm.Write("squeue.errors", "not yet");
        using var space = slurm.Space();
        var request = space.Request(SlurmSpace.Shell("true"));
        var run = space.RunAsync(request);
        await Poll.UntilAsync(() => slurm.Has("sbatch.comment.1"));
        slurm.Write("squeue.answer", FakeSlurm.Line("77_0", "RUNNING", slurm.Read("sbatch.comment.1").Trim()));
        slurm.Remove("squeue.errors");
        await Poll.UntilAsync(() => space.JobOf(request) == "77_0");
        MadeUp.Finish(request, 0);
        Assert.Equal(LaunchEnd.Exited, (await run).End);
        Assert.Equal(1, slurm.Calls("sbatch"));
    }

    [Fact]
    public async Task Sbatch_TimedOutAndDidNotTakeIt_IsAskedAgainForTheSameBatch()
    {
        using var slurm = new FakeSlurm();
        slurm.Write("sbatch.errors.1", "sbatch: error: Batch job submission failed: Unable to contact slurm controller (connect failure)");
        using var space = slurm.Space();
        await space.RunAsync("true");
        Assert.Equal(2, slurm.Calls("sbatch"));
        Assert.Equal(slurm.Read("sbatch.comment.1"), slurm.Read("sbatch.comment.2"));
    }

    [Fact]
    public async Task Sbatch_SilentForLongerThanPatience_NeverStartedAndNoLateJobRuns()
    {
        using var slurm = new FakeSlurm();
        Enumerable.Range(1, 100).ToList().ForEach(n => slurm.Write($"sbatch.errors.{n}", "sbatch: error: Batch job submission failed: Zero Bytes were transmitted or received"));
        using var space = slurm.Space(it => it with { Patience = TimeSpan.FromSeconds(1) });
        var request = space.Request(SlurmSpace.Shell("true"));
        var result = await space.RunAsync(request);
        Assert.Equal(LaunchEnd.NeverStarted, result.End);
        Assert.Contains("Zero Bytes", result.Message, StringComparison.Ordinal);
        Assert.True(Directory.Exists(Path.Combine(SlurmSpace.RootOf(request), "claim")));
    }

    [Fact]
    public async Task Text_NoProgramCanGet_IsRefusedBeforeSubmission()
    {
        using var slurm = new FakeSlurm();
        using var space = slurm.Space();
        var result = await space.RunAsync(space.Request(SlurmSpace.Shell("true", "a\0b")));
        Assert.Equal((LaunchEnd.NotStarted, true), (result.End, result.IsLasting));
        Assert.Equal(0, slurm.Calls("sbatch"));
    }

    [Fact]
    public async Task Array_LargerThanTheSiteTakes_IsHalved()
    {
        using var slurm = new FakeSlurm();
        slurm.Write("sbatch.errors.1", "sbatch: error: Batch job submission failed: Invalid job array specification");
        using var space = slurm.Space();
        await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => space.RunAsync("true")));
        Assert.Equal(3, slurm.Calls("sbatch"));
        Assert.Contains("--array=0-3", slurm.Read("sbatch.words.2"), StringComparison.Ordinal);
        Assert.Contains("--array=0-3", slurm.Read("sbatch.words.3"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Limit_OfSubmittedJobs_IsWaitedForWhileOthersAreUnderWay()
    {
        using var slurm = new FakeSlurm();
        slurm.Write("squeue.answer", FakeSlurm.Line("101_0", "RUNNING"));
        slurm.Write("sbatch.errors.2", "sbatch: error: AssocMaxSubmitJobLimit");
        using var space = slurm.Space();
        var first = space.Request(SlurmSpace.Shell("true"));
        var run = space.RunAsync(first);
        await Poll.UntilAsync(() => slurm.Calls("sbatch") == 1);
        var second = space.Request(SlurmSpace.Shell("true"));
        var late = space.RunAsync(second);
        await Poll.UntilAsync(() => slurm.Calls("sbatch") == 3);
        MadeUp.Finish(first, 0);
        MadeUp.Finish(second, 0);
        Assert.All(await Task.WhenAll(run, late), result => Assert.Equal(LaunchEnd.Exited, result.End));
    }

    [Fact]
    public async Task Limit_OfSubmittedJobs_WithNothingUnderWay_IsTold()
    {
        using var slurm = new FakeSlurm();
        slurm.Write("sbatch.errors.1", "sbatch: error: AssocMaxSubmitJobLimit\nsbatch: error: Batch job submission failed: Job violates accounting/QOS policy (job submit limit, user's size and/or time limits)");
        using var space = slurm.Space();
        var result = await space.RunAsync("true");
        Assert.Equal(LaunchEnd.NotStarted, result.End);
        Assert.Contains("AssocMaxSubmitJobLimit", result.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Sbatch_NotThere_IsTold()
    {
        using var space = new SlurmSpace();
        space.Use(new() { Shell = new NoSlurm() });
        var result = await space.RunAsync("true");
        Assert.Equal(LaunchEnd.NotStarted, result.End);
        Assert.Contains("there is no 'sbatch' at nowhere", result.Message, StringComparison.Ordinal);
    }

    private sealed class NoSlurm : Launchers.Remote.ISiteShell
    {
        public string Name => "nowhere";

        public Task<Launchers.Remote.ShellAnswer> RunAsync(string script, string? input, CancellationToken cancellation) =>
            Task.FromResult(new Launchers.Remote.ShellAnswer(127, string.Empty, "sh: sbatch: not found"));
    }
}
