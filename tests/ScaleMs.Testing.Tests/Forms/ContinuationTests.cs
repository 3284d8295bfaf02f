using ScaleMs.Core.Digests;
using ScaleMs.Core.Faults;
using ScaleMs.Core.Model;
using ScaleMs.Core.Planning;
using Xunit;

namespace ScaleMs.Testing.Tests.Forms;

/// <summary>The definition goes on when something is known.</summary>
public sealed class ContinuationTests
{
    private string _text = "yes";

    [Fact]
    public void Continuation_OnAResult_TakesTheWayThatItSays()
    {
        var test = Test(steps => steps.WhenKnown(Decide(steps), (after, text) => Work(after, text == "yes" ? "refine" : "stop")));
        test.Run().Executed("workflow/decide", "workflow/refine");
        Redecide(test, "no");
        test.Run().Executed("workflow/decide", "workflow/stop");
        Redecide(test, "yes");
        test.Run().Executed("workflow/decide");
    }

    [Fact]
    public void Continuation_InsideAnother_GoesOnAsDeepAsItMust() => Test(steps => steps.WhenKnown(Decide(steps), (after, _) =>
            after.WhenKnown(Work(after, "one"), (later, _) => later.WhenKnown(Work(later, "two"), (last, _) => Work(last, "three")))))
        .Run().Executed("workflow/decide", "workflow/one", "workflow/two", "workflow/three");

    [Fact]
    public void Continuation_OfAnotherTask_WaitsForWhatItReadsOnly()
    {
        Deferred<Artifact> made = null!;
        WorkflowTest.Of(
            ("make", steps => made = steps.WhenKnown(Work(steps, "first"), (after, _) => Work(after, "second"))),
            ("use", steps => steps.WhenKnown(made, (after, second) => after.Step("use").Input("in", second).Tool("use").Run("use").Output("out"))))
            .Run().Executed("make/first", "make/second", "use");
    }

    [Fact]
    public void Continuation_OnAllOfAnEnsemble_WaitsForTheLast() => Test(steps =>
        {
            var ends = steps.ForEach("r", new[] { 1, 2, 3 }, r => r, (member, r) => member.WhenKnown(Work(member, "a", $"{r}"), (after, _) => Work(after, "b", $"{r}")));
            steps.WhenAllKnown(ends.Select(member => member.Handles), (after, all) => after.Step("sum").Inputs(number => $"{number}", all).Tool("sum").Run("sum").Output("out"));
        })
        .Run().Executed("workflow/a[r=1]", "workflow/a[r=2]", "workflow/a[r=3]", "workflow/b[r=1]", "workflow/b[r=2]", "workflow/b[r=3]", "workflow/sum");

    [Fact]
    public void Continuation_BehindAFailedStep_IsNotMadeAndFailsTheRun()
    {
        var test = Test(steps => steps.WhenKnown(Decide(steps), (after, _) => Work(after, "never"))).Script("workflow/decide", _ => ScriptedEnd.Fails());
        var run = test.Run().Fails("workflow/decide");
        Assert.Equal(1, run.Run.Report!.ExitCode);
        Assert.Single(run.Run.Results);
    }

    [Fact]
    public void Continuation_ThatThrows_IsAFaultWithItsPlaceAndWhatRanStays()
    {
        var test = Test(steps => steps.WhenKnown(Decide(steps), (_, _) => throw new InvalidOperationException("no such force field")));
        var run = test.Run();
        var fault = Assert.Single(run.Run.Report!.Faults);
        Assert.Equal((3, "SMS1019"), (run.Run.Report.ExitCode, fault.Code));
        Assert.EndsWith("ContinuationTests.cs", fault.Where.File, StringComparison.Ordinal);
        Assert.Equal(["workflow/decide"], run.ExecutedSteps);
        Assert.Throws<FaultException>(() => test.Run());
    }

    [Fact]
    public void Continuation_ThatAddsToAnOuterBuilder_IsAFault()
    {
        var run = Test(steps => steps.WhenKnown(Decide(steps), (_, _) => Work(steps, "late"))).Run();
        Assert.Contains("use the builder that it is given", Assert.Single(run.Run.Report!.Faults).What, StringComparison.Ordinal);
    }

    [Fact]
    public void Continuation_OnWhatNoStepMakes_IsAFaultBeforeAnythingRuns()
    {
        var fault = Assert.Single(Assert.Throws<FaultException>(() => Test(steps => steps.WhenKnown(Work(steps, "one") with { Path = "oud" }, (after, _) => Work(after, "two"))).Run()).Faults);
        Assert.Equal("SMS1030", fault.Code);
        Assert.Contains("'out'", fault.Try, StringComparison.Ordinal);
    }

    [Fact]
    public void Continuation_ThatReadsAStepBehindItsOwnTask_IsACircle()
    {
        Artifact? later = null;
        var test = WorkflowTest.Of(
            ("first", steps => steps.WhenKnown(Work(steps, "one"), (after, _) => after.Step("two").Input("in", later!).Tool("two").Run("two").Output("out"))),
            ("second", steps => later = Work(steps, "three")));
        var fault = Assert.Single(test.Run().Run.Report!.Faults);
        Assert.Equal("SMS1006", fault.Code);
        Assert.Contains("second/three", fault.What, StringComparison.Ordinal);
    }

    [Fact]
    public void Continuation_WithoutEnd_IsEndedByTheLimit()
    {
        var test = Test(steps => Again(steps, Decide(steps)));
        test.Host.MostExpandedSteps = 100;
        Assert.Equal("SMS1033", Assert.Single(test.Run().Run.Report!.Faults).Code);

        static void Again(StepBuilder steps, Artifact artifact) => steps.WhenKnown(artifact, (after, _) => Again(after, artifact));
    }

    [Fact]
    public void Continuation_WhoseStepDiffersEachTime_IsDeclaredFromWhatItMadeLast()
    {
        var draws = 0;
        var test = Test(steps => steps.WhenKnown(Decide(steps), (after, text) => Work(after, text)))
            .Script("workflow/decide", step =>
            {
                step.Write("out", $"draw{++draws}");
                return ScriptedEnd.After(1);
            });
        test.Run().Executed("workflow/decide", "workflow/draw1");
        test.Run().ExecutesNothing();
        test.Host.Disk.Files("/workspace/.scalems/blobs").ToList().ForEach(test.Host.Disk.Delete);
        test.Run().Executed("workflow/decide", "workflow/draw2");
        test.Run().ExecutesNothing();
    }

    [Fact]
    public void Continuation_ContentMadeAgainInTheRunAndOther_EndsItAndTheNextRunGoesOnFromThere()
    {
        var (draws, scale) = (0, "1");
        var test = Test(steps =>
        {
            var decide = steps.Step("decide").Tool("decide").Run("decide").Output("out").Output("big");
            steps.WhenKnown(decide.File("out"), (after, text) => Work(after, text));
            steps.Step("use").Input("in", decide.File("big")).Tool("use").Run("use", scale).Output("out");
        }).Script("workflow/decide", step =>
        {
            step.Write("out", $"draw{++draws}");
            step.Write("big", $"big{draws}");
            return ScriptedEnd.After(1);
        });
        test.Run().Executed("workflow/decide", "workflow/draw1", "workflow/use");
        scale = "2";
        test.Host.Disk.Delete(test.Host.Store.BlobPath(Digest.OfText("big1")));
        var run = test.Run();
        var fault = Assert.Single(run.Run.Report!.Faults);
        Assert.Equal(("SMS1034", FaultKind.Definition, 3), (fault.Code, fault.Kind, run.Run.Report.ExitCode));
        Assert.StartsWith("what follows out of workflow/decide was declared from content that is no longer its content", fault.What, StringComparison.Ordinal);
        Assert.EndsWith("ContinuationTests.cs", fault.Where.File, StringComparison.Ordinal);
        Assert.Equal(["workflow/decide"], run.ExecutedSteps);
        test.Run().Executed("workflow/draw2", "workflow/use");
        test.Run().ExecutesNothing();
    }

    /// <summary>The reader that nobody knew needs the bytes, so they stay until it is known who reads them.</summary>
    [Fact]
    public void Continuation_ReadsAnOutputThatIsKeptUntilConsumed_FindsItsBytes()
    {
        var test = Test(steps =>
        {
            var big = steps.Step("big").Tool("big").Run("big").Output("out", keep: Keep.UntilConsumed).File("out");
            var look = steps.Step("look").Input("in", big).Tool("look").Run("look").Output("out").File("out");
            steps.WhenKnown(look, (after, _) => after.Step("more").Input("in", big).Tool("more").Run("more").Output("out"));
        });
        test.Run().Executed("workflow/big", "workflow/look", "workflow/more");
        Assert.Equal(1, test.Host.Launcher.Launches.Count(launch => launch.Step.Step == "big"));
        test.Run().ExecutesNothing();
    }

    [Theory]
    [InlineData(Keep.UntilConsumed)]
    [InlineData(Keep.Never)]
    public void Continuation_OnAnOutputThatIsNotKept_KeepsItAllTheSame(Keep keep)
    {
        var test = Test(steps => steps.WhenKnown(steps.Step("decide").Tool("decide").Run("decide").Output("out", keep: keep).File("out"), (after, _) => Work(after, "two")));
        test.Run();
        test.Run().ExecutesNothing();
    }

    [Fact]
    public void Continuation_OfATaskThatIsGone_LeavesNothingOpen()
    {
        var run = Test(steps => steps.WhenKnown(Decide(steps), (_, _) => { })).Run();
        Assert.Equal("done", run.Run.Report!.Summary.Outcome);
        Assert.Equal([Outcome.Executed], run.Run.Results.Select(result => result.Outcome));
    }

    private WorkflowTest Test(Action<StepBuilder> define) => WorkflowTest.Of(define).Holds("in.txt", "1").Script("workflow/decide", step =>
    {
        step.Write("out", _text);
        return ScriptedEnd.After(1);
    });

    private void Redecide(WorkflowTest test, string text)
    {
        _text = text;
        test.Holds("in.txt", text + test.Text("in.txt"));
    }

    private static Artifact Decide(StepBuilder steps) => steps.Step("decide").Input("in", new SourceFile("in.txt")).Tool("decide").Run("decide").Output("out").File("out");

    private static Artifact Work(StepBuilder steps, string name, params string[] arguments) => steps.Step(name).Tool("work").Run("work", [name, .. arguments]).Output("out").File("out");
}
