using ScaleMs.Core.Events;
using ScaleMs.Core.Faults;
using ScaleMs.Core.Graph;
using ScaleMs.Core.Identity;
using ScaleMs.Core.Model;
using ScaleMs.Core.Planning;
using ScaleMs.Core.Ports;
using ScaleMs.Core.Tests;
using Xunit;

namespace ScaleMs.Testing.Tests.Places;

/// <summary>Steps that run at other places, in virtual time.</summary>
public sealed class PlacesTests
{
    private readonly SimulatedHost _host = new();
    private readonly SimulatedSite _cluster = new("cluster");

    public PlacesTests()
    {
        _host.Sites.Add(_cluster);
    }

    [Fact]
    public void Step_ThatNamesAPlace_RunsThereAndTheOthersHere()
    {
        var run = _host.Run(Chain("", "cluster", ""));
        Assert.Equal(["local", "cluster", "local"], run.Results.Select(result => result.Launcher));
        Assert.Equal(1, _cluster.Begun);
    }

    [Fact]
    public void Step_ThatNamesNone_RunsAtTheUsualPlace()
    {
        var run = _host.Run(Chain("", "local", ""), new SimulatedRunOptions { Launcher = "cluster" });
        Assert.Equal(["cluster", "local", "cluster"], run.Results.Select(result => result.Launcher));
    }

    [Theory]
    [InlineData("clutser", "use 'cluster'")]
    [InlineData("elsewhere", "describe 'elsewhere' in sites.yaml")]
    public void Place_ThatNobodyKnows_IsAFault(string name, string advice)
    {
        var fault = Assert.Single(Assert.Throws<FaultException>(() => _host.Run(Chain("", name, name))).Faults);
        Assert.Equal(("SMS1028", FaultKind.Usage), (fault.Code, fault.Kind));
        Assert.Contains(name, fault.What, StringComparison.Ordinal);
        Assert.Contains(advice, fault.Try, StringComparison.Ordinal);
        Assert.Throws<FaultException>(() => _host.Run(Chain("", "", ""), new SimulatedRunOptions { Launcher = name }));
    }

    [Fact]
    public void Faults_OfPlaces_SayWhatToDo()
    {
        _cluster.Refuses = asked => $"asks for {asked.Cpus} cores, and a step gets at most 64";
        var thrown = Assert.Throws<FaultException>(() => _host.Run(Chain("clutser", "cluster", "nowhere", "cluster")));
        Snapshot.Matches(string.Join('\n', thrown.Faults));
    }

    [Fact]
    public void Request_ThatThePlaceCanNeverMeet_IsRefusedBeforeAnythingRuns()
    {
        _cluster.Refuses = asked => asked.Cpus > 64 ? $"asks for {asked.Cpus} cores of 64" : null;
        var definition = Chain("", "cluster", "");
        var large = definition with { Steps = [.. definition.Steps.Select(step => step with { Resources = new Resources(128) })] };
        foreach (var isPlan in new[] { true, false })
        {
            var fault = Assert.Single(Assert.Throws<FaultException>(() => _host.Run(large, new SimulatedRunOptions { PlanOnly = isPlan })).Faults);
            Assert.Equal("SMS1029", fault.Code);
            Assert.Contains("can never run at 'cluster': it asks for 128 cores of 64", fault.What, StringComparison.Ordinal);
        }

        Assert.Empty(_host.Launcher.Launches);
    }

    [Fact]
    public void Secret_InAFile_IsNotGivenAway()
    {
        var definition = Chain("cluster");
        var secret = new SecretUse("token", "1", new SecretSource.FromFile("token.txt"), null, ArtifactPath.Parse("token"));
        var told = definition with { Steps = [.. definition.Steps.Select(step => step with { Secrets = [secret] })] };
        Assert.Equal("SMS1029", Assert.Single(Assert.Throws<FaultException>(() => _host.Run(told)).Faults).Code);
    }

    [Fact]
    public void Result_OfAnotherPlaceWithEqualTools_IsUpToDateHere()
    {
        var definition = Chain("", "", "");
        Assert.Equal(3, _host.Run(definition, new SimulatedRunOptions { Launcher = "cluster" }).Of(Outcome.Executed).Count);
        Assert.Empty(_host.Run(definition).Of(Outcome.Executed));
    }

    [Fact]
    public void Result_OfAnotherPlaceWithOtherTools_IsMadeAgainAndTheReasonNamesBothVersions()
    {
        _cluster.ToolVersions["gmx"] = "2024.1";
        var definition = Chain("");
        _host.Run(definition, new SimulatedRunOptions { Launcher = "cluster" });
        var result = Assert.Single(_host.Run(definition).Results);
        Assert.Equal(Outcome.Executed, result.Outcome);
        Assert.Contains("2024.1", result.Reason.Text, StringComparison.Ordinal);
        Assert.Contains("scripted gmx", result.Reason.Text, StringComparison.Ordinal);
    }

    [Fact]
    public void Attempts_AtOnce_AreAsManyAsThePlaceTakesWhateverThisMachineHas()
    {
        _host.Capacity = new Resources(2);
        _cluster.MostAttempts = 50;
        Assert.Equal(200, _host.Run(Members(200, "cluster")).Of(Outcome.Executed).Count);
        Assert.Equal(50, _cluster.MostUnderWay);
    }

    [Theory]
    [InlineData(null, 2)]
    [InlineData(3, 5)]
    public void Tokens_AreThoseOfTheRunUnlessThePlaceHasItsOwn(int? own, int most)
    {
        _host.Capacity = new Resources(8, Tokens: Licences(2));
        _cluster.Tokens = own is { } count ? Licences(count) : null;
        var definition = Members(40, "cluster");
        _host.Run(definition with { Steps = [.. definition.Steps.Select((step, i) => step with { Launcher = i % 2 == 0 ? "local" : "cluster", Resources = new Resources(Tokens: Licences(1)) })] });
        var launches = _host.Launcher.Launches;
        Assert.Equal(40, launches.Count(launch => launch.EndedAt is not null));
        Assert.Equal(most, launches.Max(one => launches.Count(other => other.StartedAt <= one.StartedAt && one.StartedAt < other.EndedAt)));
    }

    [Fact]
    public void Crash_OfTheHost_LosesNothingThatRunsElsewhere()
    {
        _cluster.Script = step => StepScripts.DigestOfInputs(step) with { Duration = TimeSpan.FromHours(2) };
        var definition = Members(100, "cluster");
        Assert.True(_host.Run(definition, new SimulatedRunOptions { CrashAfter = TimeSpan.FromHours(1) }).HasCrashed);
        var run = _host.Run(definition);
        Assert.Equal((100, 100, 100), (run.Of(Outcome.Executed).Count, _cluster.Begun, _cluster.TakenOver));
        Assert.All(run.Results, result => Assert.Equal(1, Assert.Single(result.Attempts).Number));
        Assert.Empty(_host.Run(definition).Of(Outcome.Executed));
    }

    [Fact]
    public void Crash_AfterTheEndOfWhatRunsElsewhere_LosesNothingEither()
    {
        var definition = Members(20, "cluster");
        var changes = _host.Run(definition, new SimulatedRunOptions { CrashAfter = TimeSpan.FromMilliseconds(500) });
        Assert.True(changes.HasCrashed);
        Assert.True(_cluster.Begun == 20 && _host.Launcher.Launches.Count == 20, $"{_cluster.Begun} {_host.Launcher.Launches.Count} {changes.Changes} {changes.Events.Count}");
        _host.Clock.Advance(TimeSpan.FromDays(1));
        Assert.Equal(20, _host.Run(definition).Of(Outcome.Executed).Count);
        Assert.Equal((20, 20), (_cluster.Begun, _cluster.TakenOver));
    }

    /// <summary>Whatever the host was just doing when it was killed.</summary>
    [Fact]
    public void Crash_AtEachChangeOfTheDisk_LeavesWhatTheNextRunCompletes()
    {
        for (var change = 1; change < 120; change++)
        {
            var (host, site) = (new SimulatedHost(), new SimulatedSite("cluster"));
            host.Sites.Add(site);
            var definition = Chain("", "cluster", "cluster", "");
            var wasCrashed = host.Run(definition, new SimulatedRunOptions { CrashAtChange = change }).HasCrashed;
            var second = host.Run(definition);
            Assert.True(second.Report!.ExitCode == 0, $"after a crash at change {change}: {second.Report.ExitCode}");
            Assert.Empty(host.Run(definition).Of(Outcome.Executed));
            Assert.True(site.Begun == 2, $"after a crash at change {change}, {site.Begun} attempts were begun for two steps");
            Assert.Equal(["made"], host.Disk.Files(SimulatedHost.PathOf("results")).Select(_ => "made"));
            if (!wasCrashed)
            {
                return;
            }
        }

        Assert.Fail("The chain makes more changes than it was crashed at.");
    }

    [Fact]
    public void Attempt_ThatFailedBefore_IsNotTakenOver()
    {
        _cluster.Script = _ => ScriptedEnd.Fails();
        var definition = Chain("cluster");
        Assert.Single(_host.Run(definition).Of(Outcome.Failed));
        _cluster.Script = null;
        Assert.Single(_host.Run(definition).Of(Outcome.Executed));
        Assert.Equal((2, 0), (_cluster.Begun, _cluster.TakenOver));
    }

    [Fact]
    public void Attempt_TakenOverThatLostItsNode_IsMadeAgain()
    {
        _cluster.Script = step => step.Attempt == 1 ? ScriptedEnd.Ends(LaunchEnd.NodeLost, 7200) : StepScripts.DigestOfInputs(step);
        var definition = Chain("cluster");
        Assert.True(_host.Run(definition, new SimulatedRunOptions { CrashAfter = TimeSpan.FromHours(1) }).HasCrashed);
        Assert.Single(_host.Run(definition).Of(Outcome.Executed));
        Assert.Equal((2, 1), (_cluster.Begun, _cluster.TakenOver));
    }

    [Fact]
    public void Interruption_EndsWhatRunsElsewhere()
    {
        _cluster.Script = step => StepScripts.DigestOfInputs(step) with { Duration = TimeSpan.FromHours(2) };
        var definition = Members(10, "cluster");
        var run = _host.Run(definition, new SimulatedRunOptions { InterruptAfter = TimeSpan.FromHours(1) });
        Assert.Equal(130, run.Report!.ExitCode);
        Assert.All(_host.Launcher.Launches, launch => Assert.Null(launch.End));
        Assert.Equal(10, _host.Run(definition).Of(Outcome.Executed).Count);
        Assert.Equal((20, 0), (_cluster.Begun, _cluster.TakenOver));
    }

    [Theory]
    [InlineData("another key")]
    [InlineData("another place")]
    [InlineData("gone")]
    public void Attempt_ThatNobodyNeedsAnyMore_IsEnded(string why)
    {
        _cluster.Script = step => StepScripts.DigestOfInputs(step) with { Duration = TimeSpan.FromHours(2) };
        var definition = Members(2, "cluster");
        Assert.True(_host.Run(definition, new SimulatedRunOptions { CrashAfter = TimeSpan.FromHours(1) }).HasCrashed);
        var other = definition.Steps[1];
        var changed = definition with
        {
            Steps = why switch
            {
                "another key" => [definition.Steps[0], other with { Environment = new Dictionary<string, string> { ["SEED"] = "2" } }],
                "another place" => [definition.Steps[0], other with { Launcher = "local" }],
                _ => [definition.Steps[0]],
            },
        };
        var run = _host.Run(changed);
        Assert.Equal(changed.Steps.Count, run.Of(Outcome.Executed).Count);
        Assert.Equal((why == "another key" ? 3 : 2, 0), (_cluster.Begun, _cluster.UnderWay));
        Assert.Contains(run.Events.OfType<RunEvent.Noticed>(), notice => notice.Text.Contains("an attempt of an interrupted run that nobody needs any more was ended", StringComparison.Ordinal));
    }

    [Fact]
    public void Attempts_OfTasksOutsideTheTarget_AreLeftAlone()
    {
        _cluster.Script = step => StepScripts.DigestOfInputs(step) with { Duration = TimeSpan.FromHours(2) };
        Assert.True(_host.Run(Members(2, "cluster"), new SimulatedRunOptions { CrashAfter = TimeSpan.FromHours(1) }).HasCrashed);
        var step = Step(7, string.Empty, null, isLast: false);
        _host.Run(new WorkflowDefinition([new WorkflowTask("other", [], IsPlain: false)], [step with { Id = new StepId("other", "other", "n=7") }], []));
        Assert.Equal(2, _cluster.UnderWay);
    }

    private static Dictionary<string, int> Licences(int count) => new(StringComparer.Ordinal) { ["licence"] = count };

    private static WorkflowDefinition Chain(params string[] launchers) => new(
        [new WorkflowTask("work", [], IsPlain: false)],
        [.. launchers.Select((launcher, i) => Step(i, launcher, i == 0 ? null : i - 1, i == launchers.Length - 1))],
        []);

    private static WorkflowDefinition Members(int count, string launcher) =>
        new([new WorkflowTask("work", [], IsPlain: false)], [.. Enumerable.Range(0, count).Select(i => Step(i, launcher, null, false))], []);

    private static StepInstance Step(int number, string launcher, int? before, bool isLast) => new()
    {
        Id = new StepId("work", "work", $"n={number}"),
        Operation = new Operation.Commands([new Command("gmx", [$"{number}"])]),
        Launcher = launcher,
        Tools = [new Tool("gmx", ["gmx"], new ToolVersion.OfLines(["--version"], ["version:"]))],
        Inputs = before is { } producer
            ? [new Input(ArtifactPath.Parse("in"), new InputSource.StepOutput(new StepId("work", "work", $"n={producer}"), ArtifactPath.Parse("out")), ContentIdentity.Bytes)]
            : [],
        Outputs = [new Output(ArtifactPath.Parse("out"), OutputIdentity.Bytes, isLast ? ArtifactPath.Parse("results/last") : null)],
    };
}
