using ScaleMs.Core.Graph;
using ScaleMs.Core.Model;
using ScaleMs.Core.Scheduling;
using ScaleMs.Core.Tests.Graph;
using Xunit;

namespace ScaleMs.Core.Tests.Scheduling;

public sealed class CriticalPathTests
{
    [Fact]
    public void Path_OfDiamond_FollowsTheLongerSide()
    {
        var graph = new Flow().Task("a")
            .Step("a/start").Step("a/short", "a/start").Step("a/long", "a/start").Step("a/end", "a/short", "a/long").Graph();
        Assert.Equal([1 + 100 + 5, 10 + 5, 100 + 5, 5], Lengths(graph, ("a/start", 1), ("a/short", 10), ("a/long", 100), ("a/end", 5)));
    }

    [Fact]
    public void Path_ThroughTheEndOfATask_CountsWhatWaitsForIt()
    {
        var graph = new Flow().Task("a").Task("b", ["a"]).Step("a/x").Step("a/y").Step("b").Graph();
        Assert.Equal([1 + 7, 2 + 7, 7], Lengths(graph, ("a/x", 1), ("a/y", 2), ("b", 7)));
    }

    [Fact]
    public void Path_OfMembersWithChainsOfTheirOwn_IsApart()
    {
        var graph = new Flow().Task("run").Task("analyse", ["run"])
            .Step("run[1]").Step("run[2]").Step("analyse[1]", "run[1]").Step("analyse[2]", "run[2]").Graph();
        Assert.Equal([1 + 10, 1 + 20, 10, 20], Lengths(graph, ("run[1]", 1), ("run[2]", 1), ("analyse[1]", 10), ("analyse[2]", 20)));
    }

    /// <summary>The lengths of the steps that are named, in that order.</summary>
    private static double[] Lengths(WorkflowGraph graph, params (string Id, double Seconds)[] steps)
    {
        var seconds = steps.ToDictionary(step => step.Id, step => step.Seconds);
        var lengths = CriticalPath.Of(graph, node => seconds[node.ToString()]);
        return [.. steps.Select(step => lengths[graph.Find(StepId.Parse(step.Id))!.Index])];
    }
}
