using ScaleMs.Core.Graph;
using ScaleMs.Core.Identity;
using ScaleMs.Core.Model;
using ScaleMs.Core.Planning;
using ScaleMs.Core.Ports;
using ScaleMs.Core.Records;
using Xunit;

namespace ScaleMs.Testing.Tests.Places;

/// <summary>A run that cannot go on leaves what runs elsewhere to the next one.</summary>
public sealed class LettingGoTests
{
    private static readonly TimeSpan Long = TimeSpan.FromHours(2);

    private readonly SimulatedHost _host = new();
    private readonly SimulatedSite _cluster = new("cluster");

    public LettingGoTests()
    {
        _host.Sites.Add(_cluster);
        _host.Launcher.Script = step => StepScripts.DigestOfInputs(step) with { Duration = step.Id.Member == "n=0" ? Long / 4 : Long / 2 };
        _cluster.Script = step => StepScripts.DigestOfInputs(step) with { Duration = Long };
    }

    [Fact]
    public void Disk_ThatIsFullAtACommit_LeavesWhatRunsElsewhereToTheNextRun()
    {
        var definition = Of(Step(0, ""), Step(1, ""), Step(2, "cluster"), Step(3, "cluster"));
        FillDisk(definition);
        Assert.Equal((2, 2), (_cluster.Begun, _cluster.UnderWay));
        Assert.Equal([LaunchEnd.Exited, LaunchEnd.Cancelled], _host.Launcher.Launches.Where(launch => launch.End is not null).Select(launch => launch.End!.End));
        Assert.Equal(4, _host.Run(definition).Of(Outcome.Executed).Count);
        Assert.Equal((2, 2), (_cluster.Begun, _cluster.TakenOver));
    }

    [Fact]
    public void Disk_ThatIsFullAtACommit_EndsWhatTheSiteCannotHandOver()
    {
        _cluster.HandsOver = false;
        var definition = Of(Step(0, ""), Step(2, "cluster"));
        FillDisk(definition);
        Assert.Equal((1, 0), (_cluster.Begun, _cluster.UnderWay));
        Assert.Equal(2, _host.Run(definition).Of(Outcome.Executed).Count);
        Assert.Equal((2, 0), (_cluster.Begun, _cluster.TakenOver));
    }

    [Fact]
    public void Disk_ThatIsFullAtACommit_TakesNoSecretFromUnderWhatGoesOn()
    {
        var secret = new SecretUse("token", "1", new SecretSource.FromEnvironment("TOKEN"), "TOKEN", null);
        var definition = Of(Step(0, ""), Step(2, "cluster") with { Secrets = [secret] });
        _cluster.Script = step =>
        {
            step.WriteNow("given", "value of token");
            return StepScripts.DigestOfInputs(step) with { Duration = Long };
        };
        FillDisk(definition);
        Assert.Contains(_host.Disk.Files(SimulatedHost.PathOf(".scalems/work")), file => file.EndsWith("/given", StringComparison.Ordinal));
        Assert.Equal(2, _host.Run(definition).Of(Outcome.Executed).Count);
        Assert.Equal((1, 1), (_cluster.Begun, _cluster.TakenOver));
        Assert.Empty(_host.Disk.Files(SimulatedHost.PathOf(".scalems/secrets")));
    }

    [Fact]
    public void Interruption_WhileOutputsAreBroughtBack_MakesNothingAgain()
    {
        _cluster.BringingBack = Long / 4;
        var definition = Of(Step(2, "cluster"), Step(3, "cluster"));
        Assert.Equal(130, _host.Run(definition, new SimulatedRunOptions { InterruptAfter = Long * 9 / 8 }).Report!.ExitCode);
        Assert.Equal(2, _host.Run(definition).Of(Outcome.Executed).Count);
        Assert.Equal((2, 2), (_cluster.Begun, _cluster.TakenOver));
    }

    [Fact]
    public void Cancel_OfAStepThatWasLeftRunningAndIsNotYetAwaited_EndsIt()
    {
        _cluster.Script = step => StepScripts.DigestOfInputs(step) with { Duration = step.Id.Member == "n=3" ? 2 * Long : Long };
        var definition = Of(Step(2, "cluster"), Step(3, "cluster"));
        _host.Run(definition, new SimulatedRunOptions { CrashAfter = Long / 4 });
        Assert.Equal(2, _cluster.UnderWay);
        _cluster.MostAttempts = 1;
        var run = _host.Run(definition, new SimulatedRunOptions { CancelSteps = new SimulatedCancellation(Long / 4, "*n=3*") });
        Assert.Equal("work[n=2]", Assert.Single(run.Of(Outcome.Executed)).ToString());
        Assert.Equal("work[n=3]", Assert.Single(run.Of(Outcome.Cancelled)).ToString());
        Assert.Equal((2, 0, 2), (_cluster.Begun, _cluster.UnderWay, _cluster.TakenOver));
        _host.Run(definition);
        Assert.Equal((3, 2), (_cluster.Begun, _cluster.TakenOver));
    }

    [Fact]
    public void Interruption_OfARunThatHasNotYetAwaitedWhatWasLeftRunning_EndsItAndTakesWhatHadEnded()
    {
        _cluster.Script = step => StepScripts.DigestOfInputs(step) with { Duration = step.Id.Member == "n=4" ? Long / 2 : 2 * Long };
        var definition = Of(Step(2, "cluster"), Step(3, "cluster"), Step(4, "cluster"));
        Assert.True(_host.Run(definition, new SimulatedRunOptions { CrashAfter = Long / 4 }).HasCrashed);
        _host.Clock.Advance(Long / 2);
        Assert.Equal(2, _cluster.UnderWay);
        _cluster.MostAttempts = 1;
        var run = _host.Run(definition, new SimulatedRunOptions { InterruptAfter = Long / 4 });
        Assert.Equal(130, run.Report!.ExitCode);
        Assert.Equal((3, 0, 3), (_cluster.Begun, _cluster.UnderWay, _cluster.TakenOver));
        Assert.Equal("work[n=4]", Assert.Single(run.Of(Outcome.Executed)).ToString());
        Assert.Equal(2, _host.Run(definition).Of(Outcome.Executed).Count);
        Assert.Equal((5, 3), (_cluster.Begun, _cluster.TakenOver));
    }

    [Fact]
    public void Failure_OfARunThatHasNotYetAwaitedWhatWasLeftRunning_LeavesItToTheNextRun()
    {
        var definition = Of(Step(2, "cluster"), Step(3, "cluster"));
        Assert.True(_host.Run(definition, new SimulatedRunOptions { CrashAfter = Long / 4 }).HasCrashed);
        _cluster.MostAttempts = 1;
        _host.Launcher.Script = _ => ScriptedEnd.Fails();
        _host.Run(Of(Step(2, "cluster"), Step(3, "cluster"), Step(0, "")));
        Assert.Equal((2, 1), (_cluster.Begun, _cluster.UnderWay));
        Assert.Single(_host.Run(definition).Of(Outcome.Executed));
        Assert.Equal((2, 2), (_cluster.Begun, _cluster.TakenOver));
    }

    [Fact]
    public void Interruption_AfterAFailureStoppedTheRun_EndsWhatWasLeftRunningAndIsNotYetAwaited()
    {
        var definition = LeaveTwoRunning();
        var run = _host.Run(definition, new SimulatedRunOptions { InterruptAfter = Long / 4 });
        Assert.Equal((2, 0), (_cluster.Begun, _cluster.UnderWay));
        Assert.Equal(130, run.Report!.ExitCode);
        Assert.Equal(2, run.Of(Outcome.Cancelled).Count);
    }

    [Fact]
    public void Cancel_AfterAFailureStoppedTheRun_EndsOnlyThatStepOfThoseLeftRunning()
    {
        var definition = LeaveTwoRunning(Step(4, "cluster"));
        var run = _host.Run(definition, new SimulatedRunOptions { CancelSteps = new SimulatedCancellation(Long / 4, "*n=3*") });
        Assert.Equal("work[n=2]", Assert.Single(run.Of(Outcome.Executed)).ToString());
        Assert.Equal((3, 1), (_cluster.Begun, _cluster.UnderWay));
        Assert.Equal(1, run.Report!.ExitCode);
        Assert.Single(_host.Run(Of(Step(4, "cluster"))).Of(Outcome.Executed));
        Assert.Equal(3, _cluster.Begun);
    }

    /// <summary>At a cluster where the next run awaits one at a time, while a step here fails at once.</summary>
    private WorkflowDefinition LeaveTwoRunning(params StepInstance[] more)
    {
        StepInstance[] steps = [Step(2, "cluster"), Step(3, "cluster"), .. more];
        Assert.True(_host.Run(Of(steps), new SimulatedRunOptions { CrashAfter = Long / 4 }).HasCrashed);
        _cluster.MostAttempts = 1;
        _host.Launcher.Script = _ => ScriptedEnd.Fails();
        return Of([.. steps, Step(0, "")]);
    }

    private void FillDisk(WorkflowDefinition definition)
    {
        _host.Store.Refuses = record => record is ActionResult { Step.Member: "n=0" };
        Assert.Throws<StoreException>(() => _host.Run(definition));
        _host.Store.Refuses = null;
    }

    private static WorkflowDefinition Of(params StepInstance[] steps) => new([new WorkflowTask("work", [], IsPlain: false)], steps, []);

    private static StepInstance Step(int number, string launcher) => new()
    {
        Id = new StepId("work", "work", $"n={number}"),
        Operation = new Operation.Commands([new Command("gmx", [$"{number}"])]),
        Launcher = launcher,
        Tools = [new Tool("gmx", ["gmx"], new ToolVersion.OfLines(["--version"], ["version:"]))],
        Outputs = [new Output(ArtifactPath.Parse("out"), OutputIdentity.Bytes, null)],
    };
}
