using ScaleMs.Core.Ports;
using Xunit;

namespace ScaleMs.Testing.Tests;

public sealed class DiskFullTests
{
    /// <summary>The disk fills up at every write there is; once there is room again, the next run completes with the same results.</summary>
    [Fact]
    public void DiskFull_AtEveryWrite_LeavesAWorkspaceThatGoesOn()
    {
        var whole = Study();
        whole.Run();
        for (var writes = 0; ; writes++)
        {
            var study = Study();
            study.Host.Disk.WritesUntilFull = writes;
            var isDone = TryRun(study);
            study.Host.Disk.WritesUntilFull = null;
            study.Run().Run.Report!.Summary.Steps.ToList().ForEach(step => Assert.Null(step.Failure));
            Assert.Equal(whole.Text("results/b.txt"), study.Text("results/b.txt"));
            study.Run().ExecutesNothing();
            if (isDone)
            {
                Assert.InRange(writes, 5, 100);
                return;
            }
        }
    }

    private static bool TryRun(WorkflowTest study)
    {
        try
        {
            return study.Run().Run.Report!.ExitCode == 0;
        }
        catch (StoreException)
        {
            return false;
        }
    }

    private static WorkflowTest Study() => WorkflowTest.Of(steps =>
    {
        var a = steps.Step("a").Input("in.txt", new SourceFile("in.txt")).Tool("sh").Run("sh", "a").Output("out.txt", publish: "results/a.txt").File("out.txt");
        steps.Step("b").Input("in.txt", a).Tool("sh").Run("sh", "b").Output("out.txt", publish: "results/b.txt");
    }).Holds("in.txt", "x");
}
