using ScaleMs.Core.Ports;
using Xunit;

namespace ScaleMs.Slurm.Tests;

/// <summary>What is made of Slurm's answers, and of those that do not come.</summary>
public sealed class AnswerTests
{
    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(1);

    [Fact]
    public async Task State_NobodyKnows_MeansWait()
    {
        using var slurm = new FakeSlurm();
        slurm.Write("squeue.answer", FakeSlurm.Line("101_0", "FROBNICATING"));
        using var space = slurm.Space();
        var request = space.Request(SlurmSpace.Shell("true"));
        var run = space.RunAsync(request);
        await Poll.UntilAsync(() => slurm.Calls("squeue") > 8);
        Assert.False(run.IsCompleted);
        MadeUp.Finish(request, 4);
        Assert.Equal(4, (await run).ExitCode);
    }

    [Fact]
    public async Task Squeue_Fails_ResultsAreTakenAllTheSame()
    {
        using var slurm = new FakeSlurm();
        slurm.Write("squeue.errors", "slurm_load_jobs error: Unable to contact slurm controller (connect failure)");
        using var space = slurm.Space();
        var request = space.Request(SlurmSpace.Shell("true"));
        var run = space.RunAsync(request);
        await Poll.UntilAsync(() => slurm.Calls("squeue") > 4);
        Assert.False(run.IsCompleted);
        MadeUp.Finish(request, 0);
        Assert.Equal(LaunchEnd.Exited, (await run).End);
    }

    [Fact]
    public async Task Squeue_SilentForLongerThanPatience_EndsWithItsWords()
    {
        using var slurm = new FakeSlurm();
        slurm.Write("squeue.errors", "slurm_load_jobs error: Unable to contact slurm controller (connect failure)");
        using var space = slurm.Space(it => it with { Patience = Soon });
        var (waiting, running) = (space.Request(SlurmSpace.Shell("true")), space.Request(SlurmSpace.Shell("true")));
        MadeUp.Claim(running);
        var results = await Task.WhenAll(space.RunAsync(waiting), space.RunAsync(running));
        Assert.Equal([LaunchEnd.NeverStarted, LaunchEnd.NodeLost], results.Select(result => result.End));
        Assert.All(results, result => Assert.Contains("Unable to contact slurm controller", result.Message, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("PREEMPTED", LaunchEnd.Preempted)]
    [InlineData("TIMEOUT", LaunchEnd.TimedOut)]
    [InlineData("OUT_OF_MEMORY", LaunchEnd.OutOfMemory)]
    [InlineData("NODE_FAIL", LaunchEnd.NodeLost)]
    [InlineData("CANCELLED", LaunchEnd.Cancelled)]
    [InlineData("COMPLETED", LaunchEnd.NodeLost)]
    public async Task Job_GoneWithoutAResult_EndsAsSlurmSays(string state, LaunchEnd end)
    {
        using var slurm = new FakeSlurm();
        slurm.Write("squeue.answer.all", FakeSlurm.Line("101_0", state));
        using var space = slurm.Space();
        var request = space.Request(SlurmSpace.Shell("true"));
        MadeUp.Claim(request);
        var result = await space.RunAsync(request);
        Assert.Equal(end, result.End);
        Assert.Contains("101_0", result.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Job_ForgottenBySlurm_IsAskedForInTheAccounting()
    {
        using var slurm = new FakeSlurm();
        slurm.Write("sacct.answer", "101_0|CANCELLED by 1000|n7\n");
        using var space = slurm.Space();
        var result = await space.RunAsync("true");
        Assert.Equal((LaunchEnd.Cancelled, "n7"), (result.End, result.Host));
    }

    [Fact]
    public async Task Job_ForgottenWithoutAccounting_NeverStartedOrIsLostByItsClaim()
    {
        using var slurm = new FakeSlurm();
        using var space = slurm.Space();
        var (waiting, running) = (space.Request(SlurmSpace.Shell("true")), space.Request(SlurmSpace.Shell("true")));
        MadeUp.Claim(running);
        var results = await Task.WhenAll(space.RunAsync(waiting), space.RunAsync(running));
        Assert.Equal([LaunchEnd.NeverStarted, LaunchEnd.NodeLost], results.Select(result => result.End));
        Assert.Equal(1, slurm.Calls("sacct"));
    }

    [Fact]
    public async Task Result_SeenLate_IsWaitedFor()
    {
        using var slurm = new FakeSlurm();
        using var space = slurm.Space(it => it with { FileDelay = TimeSpan.FromSeconds(30) });
        var request = space.Request(SlurmSpace.Shell("true"));
        var run = space.RunAsync(request);
        await Poll.UntilAsync(() => slurm.Calls("squeue") > 5);
        Assert.False(run.IsCompleted);
        MadeUp.Finish(request, 0, rings: false);
        Assert.Equal(LaunchEnd.Exited, (await run).End);
    }

    [Fact]
    public async Task Result_OfAnotherAction_IsNotBelieved()
    {
        using var slurm = new FakeSlurm();
        using var space = slurm.Space();
        var request = space.Request(SlurmSpace.Shell("true"));
        MadeUp.Claim(request);
        MadeUp.Finish(request with { Key = "another" }, 0);
        var result = await space.RunAsync(request);
        Assert.Equal(LaunchEnd.NodeLost, result.End);
        Assert.Contains("another action", result.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Kill_OfACommand_IsOutOfMemoryWhereSlurmSaysSo()
    {
        using var slurm = new FakeSlurm();
        slurm.Write("squeue.answer.all", FakeSlurm.Line("101_0", "OUT_OF_MEMORY"));
        using var space = slurm.Space();
        var request = space.Request(SlurmSpace.Shell("true"));
        var run = space.RunAsync(request);
        await Poll.UntilAsync(() => slurm.Calls("sbatch") == 1);
        MadeUp.Finish(request, 137);
        Assert.Equal(LaunchEnd.OutOfMemory, (await run).End);
    }
}
