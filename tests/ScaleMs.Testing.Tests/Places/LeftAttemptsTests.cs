using ScaleMs.Core.Faults;
using ScaleMs.Core.Graph;
using ScaleMs.Core.Identity;
using ScaleMs.Core.Model;
using ScaleMs.Core.Planning;
using Xunit;

namespace ScaleMs.Testing.Tests.Places;

/// <summary>What attempts at other places need of the host that began them, and what their trouble is to others.</summary>
public sealed class LeftAttemptsTests
{
    private static readonly TimeSpan Long = TimeSpan.FromHours(2);
    private static readonly SimulatedRunOptions AtCluster = new() { Launcher = "cluster" };

    private readonly SimulatedHost _host = new();
    private readonly SimulatedSite _cluster = new("cluster");

    public LeftAttemptsTests()
    {
        _host.Sites.Add(_cluster);
    }

    [Fact]
    public void Checkpoint_OfAnAttemptThatMayStillRunElsewhere_IsNotGoneOnFrom()
    {
        _cluster.Script = WithCheckpoint;
        var definition = Of(Step(0) with { Checkpoint = [ArtifactPath.Parse("state.cpt")] });
        Assert.True(_host.Run(definition, AtCluster with { CrashAfter = Long / 2 }).HasCrashed);
        // Nobody can reach it, to end it.
        _host.Sites.Clear();
        IReadOnlyList<string>? begun = null;
        _host.Launcher.Script = step => WithFiles(step, out begun);
        Assert.Single(_host.Run(definition).Of(Outcome.Executed));
        Assert.Equal([], begun!);
    }

    [Fact]
    public void Checkpoint_OfAnAttemptElsewhereThatNobodyNeedsAnyMore_IsGoneOnFromWhenItWasEnded()
    {
        _cluster.Script = WithCheckpoint;
        var definition = Of(Step(0) with { Checkpoint = [ArtifactPath.Parse("state.cpt")] });
        Assert.True(_host.Run(definition, AtCluster with { CrashAfter = Long / 2 }).HasCrashed);
        IReadOnlyList<string>? begun = null;
        _host.Launcher.Script = step => WithFiles(step, out begun);
        Assert.Single(_host.Run(definition).Of(Outcome.Executed));
        Assert.Equal((0, "state.cpt"), (_cluster.UnderWay, Assert.Single(begun!)));
    }

    [Fact]
    public void Checkpoint_OfAnAttemptElsewhereThatWasSeenToEnd_IsGoneOnFrom()
    {
        _cluster.Script = WithCheckpoint;
        var definition = Of(Step(0) with { Checkpoint = [ArtifactPath.Parse("state.cpt")] });
        Assert.Equal(130, _host.Run(definition, AtCluster with { InterruptAfter = Long / 2 }).Report!.ExitCode);
        IReadOnlyList<string>? begun = null;
        _host.Launcher.Script = step => WithFiles(step, out begun);
        Assert.Single(_host.Run(definition).Of(Outcome.Executed));
        Assert.Equal(["state.cpt"], begun!);
    }

    [Fact]
    public void Attempt_WithASecret_IsTakenOverAndNothingIsTakenFromUnderIt()
    {
        _cluster.Script = step => StepScripts.DigestOfInputs(step) with { Duration = Long };
        var definition = Of(Step(0) with { Secrets = [new SecretUse("token", "1", new SecretSource.FromEnvironment("TOKEN"), "TOKEN", null)] });
        Assert.True(_host.Run(definition, AtCluster with { CrashAfter = Long / 2 }).HasCrashed);
        Assert.Single(_host.Run(definition, AtCluster).Of(Outcome.Executed));
        Assert.Equal((1, 1), (_cluster.Begun, _cluster.TakenOver));
        Assert.Empty(_host.Disk.Files(SimulatedHost.PathOf(".scalems/secrets")));
    }

    [Fact]
    public void Disk_ThatALauncherCannotWriteTo_FailsThatStepAndNoOther()
    {
        _cluster.Script = step => step.Id.ToString().Contains("n=1", StringComparison.Ordinal) ? throw new IOException("no space left on device") : StepScripts.DigestOfInputs(step) with { Duration = Long };
        var run = _host.Run(Of(Step(0), Step(1), Step(2)), AtCluster with { KeepGoing = true });
        Assert.Equal(2, run.Of(Outcome.Executed).Count);
        Assert.Contains("no space left on device", Assert.Single(run.Results, result => result.Outcome == Outcome.Failed).Failure!.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Place_ThatIsFoundUnusableWhenAStepBegins_IsAFaultOfItsDescription()
    {
        _cluster.Script = _ => throw new FaultException(new Fault("SMS1030", FaultKind.Usage, "the site 'cluster' cannot be used", default, "correct it"));
        Assert.Equal("SMS1030", Assert.Single(Assert.Throws<FaultException>(() => _host.Run(Of(Step(0)), AtCluster)).Faults).Code);
    }

    private static ScriptedEnd WithCheckpoint(ScriptedStep step)
    {
        step.WriteNow("state.cpt", "half of it");
        return StepScripts.DigestOfInputs(step) with { Duration = Long };
    }

    private static ScriptedEnd WithFiles(ScriptedStep step, out IReadOnlyList<string> files)
    {
        files = step.Files;
        return StepScripts.DigestOfInputs(step);
    }

    private static WorkflowDefinition Of(params StepInstance[] steps) => new([new WorkflowTask("work", [], IsPlain: false)], steps, []);

    private static StepInstance Step(int number) => new()
    {
        Id = new StepId("work", "work", $"n={number}"),
        Operation = new Operation.Commands([new Command("gmx", [$"{number}"])]),
        Tools = [new Tool("gmx", ["gmx"], new ToolVersion.OfLines(["--version"], ["version:"]))],
        Outputs = [new Output(ArtifactPath.Parse("out"), OutputIdentity.Bytes, null)],
    };
}
