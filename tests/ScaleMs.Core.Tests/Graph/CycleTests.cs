using Xunit;

namespace ScaleMs.Core.Tests.Graph;

public sealed class CycleTests
{
    [Fact]
    public void Cycle_OfSteps_IsToldAsItsPath() => Snapshot.Matches(Told(
        new Flow().Task("a").Step("a/before").Step("a/x", "a/before", "a/z").Step("a/y", "a/x").Step("a/z", "a/y").Step("a/after", "a/z")));

    [Fact]
    public void Cycle_OfStepWithItself_IsToldAsItsPath() => Snapshot.Matches(Told(new Flow().Task("a").Step("a", "a")));

    [Fact]
    public void Cycle_OfPlainTasks_IsToldAsItsPath() => Snapshot.Matches(Told(
        new Flow().Task("a", ["c"], isPlain: true).Task("b", ["a"], isPlain: true).Task("c", ["b"], isPlain: true)));

    /// <summary>Where a task and its step share a name, the name is told once; the place is that of a step.</summary>
    [Fact]
    public void Cycle_OfDataAgainstTaskOrder_IsToldWithTheStepsPlace() => Snapshot.Matches(Told(
        new Flow().Task("run").Task("report", ["run"]).Step("report").Step("run", "report")));

    [Fact]
    public void Cycle_BesideSoundSteps_NamesOnlyItsOwn()
    {
        var told = Told(
            new Flow().Task("a").Step("a/1").Step("a/2", "a/1", "a/3").Step("a/3", "a/2").Step("a/4", "a/3").Step("a/5", "a/4"));
        Assert.DoesNotContain("a/1", told, StringComparison.Ordinal);
        Assert.DoesNotContain("a/4", told, StringComparison.Ordinal);
    }

    private static string Told(Flow flow) => Assert.Single(flow.Faults()).ToString();
}
