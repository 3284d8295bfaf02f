using ScaleMs.Core.Planning;
using ScaleMs.Core.Ports;
using Xunit;

namespace ScaleMs.Testing.Tests.Places;

/// <summary>A node that is given up may be running: what it writes is nothing to go on from.</summary>
public sealed class LostNodeTests
{
    private const double Hour = 3600;
    private static readonly SimulatedRunOptions AtCluster = new() { Launcher = "cluster" };

    private readonly SimulatedSite _cluster = new("cluster");
    private readonly List<string?> _begun = [];

    [Theory]
    [InlineData(1)]
    [InlineData(20)]
    public void Checkpoint_WrittenJustBeforeTheNodeWasGivenUp_IsGoneOnFromWhenItHasStoodStill(double seconds)
    {
        var study = Counting(step =>
        {
            WriteLater(step, "whole", Hour - seconds);
            return ScriptedEnd.Ends(LaunchEnd.NodeLost, Hour);
        });
        var before = study.Host.Clock.GetUtcNow();
        var result = Assert.Single(study.Run(AtCluster).Executed("workflow/count").Run.Results);
        Assert.True(result.IsContinued);
        Assert.Equal([null, "whole"], _begun);
        Assert.InRange((study.Host.Clock.GetUtcNow() - before).TotalSeconds, Hour + 30 - seconds, Hour + 60);
    }

    [Theory]
    [InlineData(1, 5)]
    [InlineData(1, 29)]
    [InlineData(25, 20)]
    public void Checkpoint_ThatIsWrittenAgainAndAgain_IsNotGoneOnFromAndNotWaitedForLong(double before, double every)
    {
        var study = Counting(step =>
        {
            for (var i = 0; i < 200; i++)
            {
                WriteLater(step, $"torn {i}", Hour - before + (i * every));
            }

            return ScriptedEnd.Ends(LaunchEnd.NodeLost, Hour);
        });
        var begun = study.Host.Clock.GetUtcNow();
        Assert.False(Assert.Single(study.Run(AtCluster).Executed("workflow/count").Run.Results).IsContinued);
        Assert.Equal([null, null], _begun);
        Assert.InRange((study.Host.Clock.GetUtcNow() - begun).TotalSeconds, Hour, Hour + 65);
    }

    [Fact]
    public void Interruption_WhileACheckpointIsToStandStill_EndsTheRunAtOnce()
    {
        var study = Counting(step =>
        {
            WriteLater(step, "whole", Hour - 1);
            return ScriptedEnd.Ends(LaunchEnd.NodeLost, Hour);
        });
        var begun = study.Host.Clock.GetUtcNow();
        Assert.Equal(130, study.Run(AtCluster with { InterruptAfter = TimeSpan.FromSeconds(Hour + 10) }).Run.Report!.ExitCode);
        // It stands still at Hour + 29. Timers of a second or two may come by while the run ends, since the virtual clock does not wait for threads.
        Assert.InRange((study.Host.Clock.GetUtcNow() - begun).TotalSeconds, Hour, Hour + 20);
    }

    [Fact]
    public void Checkpoint_ThatStandsStill_IsGoneOnFromThoughTheNodeIsLost()
    {
        var study = Counting(step =>
        {
            WriteLater(step, "whole", Hour / 2);
            return ScriptedEnd.Ends(LaunchEnd.NodeLost, Hour);
        });
        Assert.True(Assert.Single(study.Run(AtCluster).Executed("workflow/count").Run.Results).IsContinued);
        Assert.Equal([null, "whole"], _begun);
    }

    [Fact]
    public void Checkpoint_OfALostNodeThatStillWrites_GivesWayToTheLastOneThatDoesNot()
    {
        var study = Counting(step =>
        {
            if (step.Attempt == 1)
            {
                step.WriteNow("state.cpt", "first");
                return ScriptedEnd.Ends(LaunchEnd.Preempted, Hour);
            }

            for (var i = 0; i < 20; i++)
            {
                WriteLater(step, "torn", Hour - 1 + (10 * i));
            }

            return ScriptedEnd.Ends(LaunchEnd.NodeLost, Hour);
        }, attempts: 2);
        Assert.True(Assert.Single(study.Run(AtCluster).Executed("workflow/count").Run.Results).IsContinued);
        Assert.Equal([null, "first", "first"], _begun);
    }

    private WorkflowTest? _study;

    private void WriteLater(ScriptedStep step, string text, double seconds) =>
        _study!.Host.Clock.CreateTimer(_ => step.WriteNow("state.cpt", text), null, TimeSpan.FromSeconds(seconds), Timeout.InfiniteTimeSpan);

    private WorkflowTest Counting(StepScript lost, int attempts = 1)
    {
        _study = WorkflowTest.Of(steps => steps.Step("count").Tool("sh").Run("sh").Checkpoint("state.cpt").Output("out.txt", publish: "results/out.txt"));
        _study.Script("workflow/count", step =>
        {
            _begun.Add(step.Files.Contains("state.cpt") ? step.Read("state.cpt") : null);
            return step.Attempt <= attempts ? lost(step) : StepScripts.DigestOfInputs(step);
        });
        _study.Host.Sites.Add(_cluster);
        return _study;
    }
}
