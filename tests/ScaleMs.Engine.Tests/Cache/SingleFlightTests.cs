using ScaleMs.Core.Events;
using ScaleMs.Core.Planning;
using Xunit;

namespace ScaleMs.Engine.Tests.Cache;

/// <summary>Two runs at once, in workspaces of their own with one cache in a folder.</summary>
public sealed class FolderFlightTests() : SingleFlightTests(new FolderPlace());

/// <summary>Two runs at once, in workspaces of their own with one cache behind an endpoint and no folder that both see.</summary>
public sealed class EndpointFlightTests() : SingleFlightTests(new EndpointPlace());

/// <summary>Two runs at once, in workspaces of their own with one cache: one makes what both want.</summary>
public abstract class SingleFlightTests(CachePlace place) : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly string _parent = Directory.CreateTempSubdirectory("scalems-flight-").FullName;
    private readonly List<TestStudy> _studies = [];

    private string Cache => place.Root;

    private string Log => Path.Combine(_parent, "log");

    private string Gate => Path.Combine(_parent, "gate");

    private string Broken => Path.Combine(_parent, "broken");

    private string[] Executed => File.Exists(Log) ? File.ReadAllLines(Log) : [];

    public void Dispose()
    {
        File.WriteAllText(Gate, string.Empty);
        _studies.ForEach(study => study.Dispose());
        place.Dispose();
        GC.SuppressFinalize(this);
        Directory.Delete(_parent, recursive: true);
    }

    [Fact]
    public async Task Run_WhatAnotherRunIsMaking_WaitsAndTakesItsResult()
    {
        var (leader, follower) = (Study(), Study());
        var leading = await LeadAsync(leader);
        var following = await FollowAsync(follower);
        Open();
        await Task.WhenAll(leading, following).WaitAsync(Patience);

        Assert.Equal(["made"], Executed);
        Assert.Equal(("t/made", "t/made"), (leader.Ran, follower.Of(Outcome.Restored)));
        Assert.Equal($"recorded in the shared cache {place.Address}", follower.ReasonOf("t/made"));
        Assert.Equal("text\n", follower.Read("made.txt"));
        Assert.Empty(LeadsLeft());
    }

    [Fact]
    public async Task Run_OfSeveralThatWaitWhenTheLeaderFails_OneTakesOver()
    {
        var (leader, followers) = (Study(), new[] { Study(), Study() });
        var leading = await LeadAsync(leader);
        var following = new[] { await FollowAsync(followers[0]), await FollowAsync(followers[1]) };
        File.WriteAllText(Broken, string.Empty);
        Open();
        await leading.WaitAsync(Patience);
        await Task.WhenAll(following).WaitAsync(Patience);

        Assert.Equal("t/made", leader.Of(Outcome.Failed));
        Assert.Equal(["made", "made"], Executed);
        Assert.Equal("Executed Restored", string.Join(' ', followers.Select(follower => follower.StepOf("t/made").Outcome.ToString()).Order(StringComparer.Ordinal)));
        Assert.Empty(LeadsLeft());
    }

    [Fact]
    public async Task Run_CancelledWhileItWaits_EndsAtOnceAndTheLeaderGoesOn()
    {
        var (leader, follower) = (Study(), Study());
        using var cancellation = new CancellationTokenSource();
        var leading = await LeadAsync(leader);
        var following = await FollowAsync(follower, cancellation.Token);
        await cancellation.CancelAsync();
        await following.WaitAsync(Patience);
        Assert.Equal("t/made", follower.Of(Outcome.Cancelled));
        Assert.False(leading.IsCompleted);
        Open();
        await leading.WaitAsync(Patience);
        Assert.Equal("t/made", leader.Ran);
    }

    [Fact]
    public async Task Run_LeadLostOnPurpose_IsCommittedOnce()
    {
        var (slow, second) = (Study(), Study());
        var leading = await LeadAsync(slow);
        var following = await FollowAsync(second);
        Assert.Single(LeadsLeft());
        place.LoseLeads();
        await UntilAsync(() => Executed.Length == 2);
        Open();
        await Task.WhenAll(leading, following).WaitAsync(Patience);

        Assert.Equal(("t/made", "t/made"), (slow.Ran, second.Ran));
        Assert.Single(Directory.GetFiles(Path.Combine(Cache, "records"), "*", SearchOption.AllDirectories));
        Assert.Empty(LeadsLeft());
    }

    [Fact]
    public async Task Run_OfWhatRunsAlways_WaitsForNobody()
    {
        void Always(StepBuilder steps) => steps.Shell("always", $"echo always >> {Log}; while [ ! -e {Gate} ]; do sleep 0.02; done; echo text > made.txt").Output("made.txt").Always();
        var runs = new[] { Study(), Study() }.Select(study => Task.Factory.StartNew(() => study.Run(Always), TaskCreationOptions.LongRunning)).ToList();
        await UntilAsync(() => Executed.Length == 2);
        Open();
        await Task.WhenAll(runs).WaitAsync(Patience);
        Assert.False(Directory.Exists(Path.Combine(Cache, "leads")));
    }

    [Fact]
    public void Run_OfWhatIsRecordedInTheCache_LeadsNothing()
    {
        Open();
        Study().Run(Made);
        Directory.Delete(Path.Combine(Cache, "leads"));
        var second = Study();
        second.Run(Made);
        second.Run(Made);
        Assert.Equal("t/made", second.Of(Outcome.UpToDate));
        Assert.False(Directory.Exists(Path.Combine(Cache, "leads")));
    }

    private void Made(StepBuilder steps) => steps
        .Shell("made", $"echo made >> {Log}; while [ ! -e {Gate} ]; do sleep 0.02; done; rm {Broken} 2>/dev/null && exit 1; echo text > made.txt")
        .Output("made.txt", publish: "made.txt");

    private void Open() => File.WriteAllText(Gate, string.Empty);

    private string[] LeadsLeft() => Directory.GetFiles(Path.Combine(Cache, "leads"));

    private async Task<Task> LeadAsync(TestStudy study)
    {
        var run = Task.Factory.StartNew(() => study.Run(Made), TaskCreationOptions.LongRunning);
        await UntilAsync(() => Executed.Length == 1);
        return run;
    }

    private async Task<Task> FollowAsync(TestStudy study, CancellationToken cancellation = default)
    {
        var run = Task.Factory.StartNew(() => study.Run(Made, cancellation: cancellation), CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
        await UntilAsync(() => IsTold(study));
        return run;
    }

    private static bool IsTold(TestStudy study)
    {
        lock (study.Events)
        {
            return study.Events.OfType<RunEvent.StepFollowing>().Any(told => told.Step.ToString() == "t/made" && told.Leader.StartsWith("process ", StringComparison.Ordinal));
        }
    }

    private static async Task UntilAsync(Func<bool> condition)
    {
        using var patience = new CancellationTokenSource(Patience);
        while (!condition())
        {
            await Task.Delay(20, patience.Token);
        }
    }

    private TestStudy Study()
    {
        // On a busy machine a lead must not be lost, or refreshed, but where a test says so.
        _studies.Add(new TestStudy { Cache = place.Address, CacheUse = options => options with { LeadTimeout = CachePlace.Lease, Token = CachePlace.Token } });
        return _studies[^1];
    }
}
