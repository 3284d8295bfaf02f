using ScaleMs.Core.Model;
using ScaleMs.Core.Planning;
using ScaleMs.Core.Planning.Selection;
using Xunit;

namespace ScaleMs.Testing.Tests;

/// <summary>Records outlive bytes: what is made again when bytes are needed, and how often.</summary>
public sealed class LostBytesTests
{
    [Fact]
    public void LostBytes_OfTheSameWorkUnderTwoNames_AreMadeOnce()
    {
        var study = WorkflowTest.Of(steps =>
        {
            var merge = steps.Step("merge").Input("in.txt", new SourceFile("in.txt")).Tool("sh").Run("sh", "merge").Output("all.txt");
            foreach (var name in new[] { "one", "two" })
            {
                merge.Input(name, steps.Step(name).Tool("sh").Run("sh", "same").Output("out.txt").File("out.txt"));
            }
        }).Holds("in.txt", "x");
        Assert.Equal(2, study.Run().ExecutedSteps.Count);
        study.Host.Disk.Delete($"{study.Host.Store.Directory}/blobs");
        Assert.Equal(["workflow/merge", "workflow/one"], study.Holds("in.txt", "y").Run().ExecutedSteps);
        study.Run().ExecutesNothing();
    }

    [Fact]
    public void LostBytes_ThatNobodyNeeds_AreNotMade()
    {
        var study = WorkflowTest.Of(steps =>
        {
            var first = steps.Step("first").Tool("sh").Run("sh", "1").Output("out.txt").File("out.txt");
            steps.Step("second").Input("in.txt", first).Tool("sh").Run("sh", "2").Output("out.txt", publish: "results/out.txt");
        });
        study.Run().Executed("workflow/first", "workflow/second");
        study.Host.Disk.Delete($"{study.Host.Store.Directory}/blobs");
        study.Run().ExecutesNothing();
        study.Host.Disk.Delete(SimulatedHost.PathOf("results/out.txt"));
        study.Run().Executed("workflow/first", "workflow/second");
    }

    /// <summary>A step that starts while the bytes of another are being kept cannot know of them; those that start later are spared.</summary>
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void LostBytes_ThatOtherWorkMadeMeanwhile_AreNotMadeAgain(bool isPublished)
    {
        var study = WorkflowTest.Of(steps =>
        {
            var merge = steps.Step("merge").Input("in.txt", new SourceFile("in.txt")).Tool("sh").Run("sh", "merge").Output("all.txt");
            steps.ForEach("check", [1, 2, 3, 4, 5], check => check, (member, check) =>
                merge.Input($"{check}.txt", member.Step("check").Tool("sh").Run("sh", $"{check}").Output("ok.txt", publish: isPublished ? $"checks/{check}.txt" : null).File("ok.txt")));
        }).Holds("in.txt", "x").Script("workflow/check", step =>
        {
            step.Write("ok.txt", "ok\n");
            return ScriptedEnd.Done;
        });
        Assert.Equal(6, study.Run().ExecutedSteps.Count);
        study.Host.Disk.Delete($"{study.Host.Store.Directory}/blobs");
        if (isPublished)
        {
            study.Host.Disk.Delete(SimulatedHost.PathOf("checks"));
        }

        study.Host.Capacity = new Resources(1);
        var run = study.Holds("in.txt", "y").Run();
        Assert.Equal(["workflow/check[check=1]", "workflow/check[check=2]", "workflow/merge"], run.ExecutedSteps);
        Assert.Equal(isPublished ? 3 : 0, run.Run.Of(Outcome.Restored).Count);
        Assert.Equal(isPublished ? "ok\n" : null, study.Text("checks/5.txt"));
        study.Run().ExecutesNothing();
    }

    [Fact]
    public void LostBytes_OfAStepThatIsToRunAnyway_AreNoReasonToSpareIt()
    {
        var study = WorkflowTest.Of(steps =>
        {
            foreach (var name in new[] { "one", "two", "three", "four" })
            {
                steps.Step(name).Tool("sh").Run("sh", name).Output("ok.txt");
            }
        });
        study.Host.Launcher.Script = step =>
        {
            step.Write("ok.txt", "ok\n");
            return ScriptedEnd.Done;
        };
        Assert.Equal(4, study.Run().ExecutedSteps.Count);
        study.Host.Disk.Delete($"{study.Host.Store.Directory}/blobs");
        study.Host.Capacity = new Resources(1);
        var rerun = new SimulatedRunOptions { Selection = new StepSelection { Rerun = [new StepPattern("workflow/*")] } };
        Assert.Equal(4, study.Run(rerun).ExecutedSteps.Count);
    }
}
