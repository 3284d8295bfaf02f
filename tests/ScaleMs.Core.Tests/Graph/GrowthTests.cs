using ScaleMs.Core.Faults;
using ScaleMs.Core.Graph;
using ScaleMs.Core.Model;
using Xunit;

namespace ScaleMs.Core.Tests.Graph;

/// <summary>A graph that grows is checked and ordered like one that was whole from the beginning.</summary>
public sealed class GrowthTests
{
    private readonly WorkflowGraph _graph = new Flow().Task("a").Task("b", ["a"])
        .Step("a/1").Step("a/2", step => step with { Inputs = [Flow.Source("in", "results/new")], Outputs = [Flow.Making("out", "results/deep/x")] }).Step("b/1").Graph();

    [Fact]
    public void Graph_Extended_KeepsItsIndicesAndTheEndWaitsForTheNew()
    {
        var before = _graph.Nodes.ToList();
        var (added, faults) = Extend(New("a/4", "a/3"), New("a/3", "a/1"));
        Assert.Empty(faults);
        Assert.Equal(before, _graph.Nodes.Take(before.Count));
        Assert.Equal(["a/3", "a/4"], added.Select(node => node.ToString()));
        Assert.Equal(Enumerable.Range(0, _graph.Nodes.Count), _graph.Nodes.Select(node => node.Index));
        Assert.Subset(_graph.Nodes.Single(node => node.TaskEnd?.Name == "a").Before.ToHashSet(), added.ToHashSet());
        Assert.Equal(added[0], _graph.Find(StepId.Parse("a/3")));
    }

    [Fact]
    public void Graph_Extended_StillTellsAnOrderInWhichEverythingComesAfterWhatItWaitsFor()
    {
        Extend(New("a/3", "a/1"));
        var place = _graph.InOrder().Select((node, i) => (node, i)).ToDictionary(pair => pair.node, pair => pair.i);
        Assert.Equal(_graph.Nodes.Count, place.Count);
        Assert.All(_graph.Nodes, node => Assert.All(node.Producers.Concat(node.Before), before => Assert.True(place[before] < place[node])));
    }

    [Theory]
    [InlineData("a/1", "", "SMS1001")]
    [InlineData("a/3", "a/missing", "SMS1005")]
    [InlineData("a/3", "a/3", "SMS1006")]
    [InlineData("a/3", "b/1", "SMS1006")]
    public void Extension_WithAFault_AddsNothing(string id, string reads, string code)
    {
        var before = _graph.Nodes.ToList();
        var edges = before.Sum(node => node.Dependents.Count + node.Before.Count + node.Producers.Count);
        Assert.Equal(code, Assert.Single(Extend(New(id, reads.Length > 0 ? [reads] : [])).Faults).Code);
        Assert.Equal(before, _graph.Nodes);
        Assert.Equal(edges, before.Sum(node => node.Dependents.Count + node.Before.Count + node.Producers.Count));
    }

    [Theory]
    [InlineData("results/deep/x", "SMS1002")]
    [InlineData("results/deep", "SMS1002")]
    [InlineData("results/deep/x/y", "SMS1002")]
    [InlineData("results/new", "SMS1007")]
    public void Extension_ThatPublishesInTheWayOfAnEarlierStep_IsAFault(string path, string code) =>
        Assert.Equal(code, Assert.Single(Extend(New("a/3") with { Outputs = [Flow.Making("out", path)] }).Faults).Code);

    [Fact]
    public void Extension_InTheWayOfAnotherExtension_IsAFault()
    {
        Extend(New("a/3") with { Outputs = [Flow.Making("out", "results/y/z")] });
        Assert.Equal("SMS1002", Assert.Single(Extend(New("a/4") with { Outputs = [Flow.Making("out", "results/y")] }).Faults).Code);
    }

    [Fact]
    public void Continuation_OnAnUnknownOutput_IsAFault()
    {
        var source = new InputSource.StepOutput(StepId.Parse("a/1"), ArtifactPath.Parse("oud"));
        var fault = Assert.Single(_graph.Extend(new Expansion([], [Continuation(source)], [])).Faults);
        Assert.Equal(("SMS1030", "use 'out', or declare 'oud' as an output of 'a/1'"), (fault.Code, fault.Try));
    }

    [Fact]
    public void Continuation_AfterOneThatIsNotInTheGraph_IsAFault() =>
        Assert.Equal("SMS1030", Assert.Single(_graph.Extend(new Expansion([], [Continuation(null)], [])).Faults).Code);

    private (IReadOnlyList<GraphNode> Added, IReadOnlyList<Fault> Faults) Extend(params StepInstance[] steps) => _graph.Extend(new Expansion(steps, [], []));

    private static StepInstance New(string id, params string[] reads) => new Flow().Task("a").Task("b").Step(id, step => step with { Outputs = [Flow.Making("out")] }).Graph()
        .Find(StepId.Parse(id))!.Step! with { Inputs = [.. reads.Select((producer, i) => Flow.Reading($"in{i}", producer))] };

    private static Continuation Continuation(InputSource.StepOutput? source) => new() { Task = "a", Source = source, Expand = _ => new Expansion([], [], []) };
}
