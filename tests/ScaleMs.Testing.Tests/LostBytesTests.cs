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
}
