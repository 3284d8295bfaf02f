using ScaleMs.Amqp.Tests.Support;
using ScaleMs.Core.Model;
using ScaleMs.Core.Ports;
using ScaleMs.Launchers.Amqp;
using ScaleMs.Launchers.Amqp.Protocol;
using ScaleMs.Launchers.Amqp.Worker;

namespace ScaleMs.Amqp.Tests;

/// <summary>Workers whose machine is theirs for a while only, and those that have nothing to do.</summary>
public sealed class ShiftTests(RabbitNode node)
{
    private static readonly DateTimeOffset Now = TimeProvider.System.GetUtcNow();

    [Theory]
    [InlineData(3000, true)]
    [InlineData(3480, true)]
    [InlineData(3481, false)]
    public void Class_WithATimeLimit_FitsWhileItCanEndInTime(long seconds, bool fits)
    {
        var shift = new Shift(Options(Now.AddHours(1)) with { Reserve = TimeSpan.FromMinutes(2) });
        Assert.Equal(fits, shift.HasTimeFor(new ResourceClass { TimeSeconds = seconds }, Now));
    }

    [Theory]
    [InlineData(long.MaxValue, false)]
    [InlineData(long.MinValue, true)]
    public void Class_WithATimeThatIsNone_IsJudgedAllTheSame(long seconds, bool fits)
    {
        var shift = new Shift(Options(Now.AddHours(1)));
        Assert.Equal(fits, shift.HasTimeFor(new ResourceClass { TimeSeconds = seconds }, Now));
        Assert.Equal(fits, shift.WhyNever(new ResourceClass { TimeSeconds = seconds }) is null);
        Assert.False(shift.IsOverFor(new ActionMessage { GraceSeconds = double.NaN }, Now));
    }

    [Fact]
    public void Worker_WithoutAnEnd_HasTimeForEverything()
    {
        var shift = new Shift(Options(null));
        Assert.True(shift.HasTimeFor(new ResourceClass { TimeSeconds = 1_000_000 }, Now.AddYears(1)));
        Assert.Null(shift.WhyNever(new ResourceClass { TimeSeconds = 1_000_000 }));
        Assert.Null(shift.WhyToDrain(isIdle: true, Now.AddYears(1)));
    }

    [Fact]
    public async Task Action_ThatTakesLongerThanAWorkerIsThere_GoesToTheOther()
    {
        await using var space = FarmSpace.New(node);
        space.StartWorker(space.WorkerOptions("brief") with { Until = TimeProvider.System.GetUtcNow().AddHours(1) });
        space.StartWorker(space.WorkerOptions("long") with { Slots = 1 });
        await using var client = space.Client();
        var requests = Enumerable.Range(0, 4).Select(_ => space.Request("pwd > out", "out") with { TimeLimit = TimeSpan.FromHours(2) }).ToList();
        Assert.All(await Task.WhenAll(requests.Select(request => client.RunAsync(request, null, CancellationToken.None))), result => Assert.Equal(LaunchEnd.Exited, result.End));
        Assert.All(requests, request => Assert.Contains("worker-long", File.ReadAllText(Path.Combine(request.Directory, "out")), StringComparison.Ordinal));
    }

    [Fact]
    public async Task Action_ThatTakesLongerThanAnyWorkerIsThere_FailsWithTheReason()
    {
        await using var space = FarmSpace.New(node);
        space.StartWorker(space.WorkerOptions() with { Until = TimeProvider.System.GetUtcNow().AddHours(1) });
        await using var client = space.Client();
        var result = await client.RunAsync(space.Request("true") with { TimeLimit = TimeSpan.FromHours(2) }, null, CancellationToken.None);
        Assert.Equal((LaunchEnd.NotStarted, true), (result.End, result.IsLasting));
        Assert.Contains("it may take 02:00:02, and this worker was there for 00:5", result.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Worker_WhoseTimeIsUp_EndsByItselfAndTakesNothing()
    {
        await using var space = FarmSpace.New(node);
        space.StartWorker(space.WorkerOptions() with { Until = TimeProvider.System.GetUtcNow().AddSeconds(2), Reserve = TimeSpan.FromSeconds(1) });
        await space.Workers.WaitAsync(TimeSpan.FromSeconds(60), TestContext.Current.CancellationToken);
        Assert.Contains(space.Notices, notice => notice.EndsWith("its time is up", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Worker_WithNothingToDo_EndsAfterItsIdleLimitAndNotBefore()
    {
        await using var space = FarmSpace.New(node);
        space.StartWorker(space.WorkerOptions() with { Idle = TimeSpan.FromSeconds(1) });
        await using var client = space.Client();
        Assert.Equal(LaunchEnd.Exited, (await client.RunAsync(space.Request("sleep 2"), null, CancellationToken.None)).End);
        await space.Workers.WaitAsync(TimeSpan.FromSeconds(60), TestContext.Current.CancellationToken);
        Assert.Contains(space.Notices, notice => notice.EndsWith("it had nothing to do for 00:00:01", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Worker_ThatHasToLeave_StoresTheCheckpointOfWhatRunsAndGivesBackTheRest()
    {
        await using var space = FarmSpace.New(node);
        using var leave = new CancellationTokenSource();
        space.StartWorker(space.WorkerOptions("first") with { Slots = 1 }, leave: leave.Token);
        await using var client = space.Client();
        var begun = Path.Combine(space.Root, "begun");
        var running = space.Request($"trap 'echo saved > cpt; exit 0' TERM; echo > {begun}; while :; do sleep 0.05; done")
            with { Outputs = [new LaunchOutput(ArtifactPath.Parse("cpt"), IsOptional: true)] };
        var first = client.RunAsync(running, null, CancellationToken.None);
        await Poll.UntilAsync(() => File.Exists(begun));
        var second = client.RunAsync(space.Request("true"), null, CancellationToken.None);
        await leave.CancelAsync();
        var result = await first;
        Assert.Equal((LaunchEnd.Preempted, "saved\n"), (result.End, await File.ReadAllTextAsync(Path.Combine(running.Directory, "cpt"), TestContext.Current.CancellationToken)));
        await space.Workers;
        space.StartWorker(space.WorkerOptions("other"));
        Assert.Equal(LaunchEnd.Exited, (await second).End);
    }

    [Fact]
    public async Task Failure_ThatComesWithTheSchedulersSignal_IsNotTheSteps()
    {
        await using var space = FarmSpace.New(node);
        using var leave = new CancellationTokenSource();
        space.StartWorker(space.WorkerOptions() with { IsInAllocation = true, SignalPatience = TimeSpan.FromSeconds(60) }, leave: leave.Token);
        await using var client = space.Client();
        var ended = Path.Combine(space.Root, "ended");
        var run = client.RunAsync(space.Request($"echo > {ended}; kill -TERM $$"), null, CancellationToken.None);
        await Poll.UntilAsync(() => File.Exists(ended));
        await leave.CancelAsync();
        Assert.Equal(LaunchEnd.Preempted, (await run).End);
    }

    [Fact]
    public async Task Failure_WithoutASignal_IsTheStepsInAnAllocationToo()
    {
        await using var space = FarmSpace.New(node);
        space.StartWorker(space.WorkerOptions() with { IsInAllocation = true, SignalPatience = TimeSpan.FromMilliseconds(10) });
        await using var client = space.Client();
        var result = await client.RunAsync(space.Request("exit 3"), null, CancellationToken.None);
        Assert.Equal((LaunchEnd.Exited, 3), (result.End, result.ExitCode));
    }

    [Fact]
    public void Allocation_OfAJob_IsWhatSlurmSays()
    {
        var job = Allocation.Of(name => name switch
        {
            "SLURM_JOB_ID" => "12",
            "SLURM_CPUS_ON_NODE" => "16",
            "SLURM_MEM_PER_CPU" => "2000",
            "CUDA_VISIBLE_DEVICES" => "0,2",
            "SLURM_JOB_END_TIME" => "1800000000",
            _ => null,
        });
        Assert.Equal((true, 16, 32000L << 20, DateTimeOffset.FromUnixTimeSeconds(1800000000)), (job.IsOne, job.Cpus, job.MemoryBytes, job.Until));
        Assert.Equal(["0", "2"], job.Gpus);
    }

    [Theory]
    [InlineData("SLURM_CPUS_ON_NODE", "16")]
    [InlineData("SLURM_JOB_ID", "")]
    public void Allocation_OutsideOfAJob_IsNone(string name, string value)
    {
        var job = Allocation.Of(asked => asked == name ? value : null);
        Assert.Equal((false, null, null, null), (job.IsOne, job.Cpus, job.MemoryBytes, job.Until));
        Assert.Empty(job.Gpus);
    }

    [Fact]
    public void Allocation_WithWordsThatAreNoNumbers_LeavesThemOut()
    {
        var job = Allocation.Of(name => name switch { "CUDA_VISIBLE_DEVICES" => "NoDevFiles", "SLURM_MEM_PER_NODE" => "0", _ => "x" });
        Assert.Equal((true, null, null, null), (job.IsOne, job.Cpus, job.MemoryBytes, job.Until));
        Assert.Empty(job.Gpus);
    }

    private static FarmWorkerOptions Options(DateTimeOffset? until) => new() { Broker = RabbitNode.Address(1), Directory = "/", Blobs = "/", Until = until };
}
