using ScaleMs.Core.Records;
using Xunit;

namespace ScaleMs.Testing.Tests;

/// <summary>A host that crashes instead of making its n-th change of disk or store, for every n.</summary>
public sealed class CrashTests
{
    [Fact]
    public void Crash_AtEveryChange_LosesAtMostWhatRan()
    {
        var changes = Chain().Run().Run.Changes;
        for (var change = 1; change <= changes; change++)
        {
            var study = Chain();
            var crashed = study.Run(new SimulatedRunOptions { CrashAtChange = change });
            Assert.True(crashed.Run.HasCrashed, $"change {change}");
            var resumed = study.Run();
            Assert.Empty(crashed.ExecutedSteps.Intersect(resumed.ExecutedSteps));
            study.Run().ExecutesNothing();
            Assert.True(study.Host.Launcher.Launches.Count <= 4, $"change {change}");
        }
    }

    /// <summary>A file that was published and not recorded as ours would be taken for the user's once it is edited, and would stay when its step goes.</summary>
    [Fact]
    public void Crash_AtEveryChange_LeavesNoPublishedFileUnclaimed()
    {
        var changes = Chain().Run().Run.Changes;
        for (var change = 1; change <= changes; change++)
        {
            var study = Chain();
            study.Run(new SimulatedRunOptions { CrashAtChange = change });
            study.Run();
            var state = new StoreState();
            study.Host.Store.Journal.ToList().ForEach(state.Apply);
            Assert.True(state.Published.Count == 3, $"change {change}: {state.Published.Count} published");
            study.Holds("results/b.txt", "edited").Run().Executed();
            Assert.NotEqual("edited", study.Text("results/b.txt"));
        }
    }

    private static WorkflowTest Chain() => WorkflowTest.Of(steps =>
    {
        var last = Publish(steps.Step("a").Input("in.txt", new SourceFile("in.txt")), "a");
        foreach (var name in new[] { "b", "c" })
        {
            last = Publish(steps.Step(name).Input("in.txt", last), name);
        }
    }).Holds("in.txt", "x");

    private static Artifact Publish(Step step, string name) => step.Tool("sh").Run("sh", name).Output("out.txt", publish: $"results/{name}.txt").File("out.txt");
}
