using ScaleMs.Core.Graph;
using ScaleMs.Core.Model;
using Xunit;

namespace ScaleMs.Core.Tests.Graph;

/// <summary>Edges are kept in the order in which they were declared, however many there are, and go with what was refused.</summary>
public sealed class EdgeTests
{
    private static readonly string[] Readers = [.. Enumerable.Range(1, 5).Select(i => $"a/reader{i}")];

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(5)]
    public void Dependents_OfAProducer_AreItsReadersInOrderAndTheEndOfItsTask(int count)
    {
        var flow = new Flow().Task("a").Step("a/made");
        var graph = Readers[..count].Aggregate(flow, (steps, reader) => steps.Step(reader, "a/made")).Graph();

        var dependents = graph.Find(StepId.Parse("a/made"))!.Dependents;
        Assert.Equal([.. Readers[..count], "a"], dependents.Select(node => node.ToString()).OrderBy(name => name == "a"));
        Assert.Equal(dependents, Enumerable.Range(0, dependents.Count).Select(i => dependents[i]));
        Assert.Throws<ArgumentOutOfRangeException>(() => dependents[count + 1]);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(4)]
    public void Dependents_AfterAnExpansionWasRefused_AreThoseOfBefore(int readers)
    {
        var flow = new Flow().Task("a").Step("a/made");
        var graph = Readers[..readers].Aggregate(flow, (steps, reader) => steps.Step(reader, "a/made")).Graph();
        var made = graph.Find(StepId.Parse("a/made"))!;
        var before = made.Dependents.ToList();

        var circle = new[] { Reading("a/x", "a/made", "a/y"), Reading("a/y", "a/made", "a/x") };
        Assert.NotEmpty(graph.Extend(new Expansion(circle, [], [])).Faults);
        Assert.Equal(before, made.Dependents);

        Assert.Empty(graph.Extend(new Expansion([Reading("a/z", "a/made")], [], [])).Faults);
        Assert.Equal([.. before.Select(node => node.ToString()), "a/z"], made.Dependents.Select(node => node.ToString()));
    }

    [Fact]
    public void Publishes_FilesAndWhatIsInFolders_ButNotTheFolderNorWhatWasRefused()
    {
        var tree = Flow.Making("tree", "results/tree") with { Files = FilePattern.All };
        var graph = new Flow().Task("a")
            .Step("a/file", step => step with { Outputs = [Flow.Making("out", "results/file")] })
            .Step("a/tree", step => step with { Outputs = [tree] }).Graph();

        Assert.True(Publishes(graph, "results/file"));
        Assert.True(Publishes(graph, "results/tree/deep/x"));
        Assert.False(Publishes(graph, "results/tree"));
        Assert.False(Publishes(graph, "results/other"));

        var refused = Reading("a/x", "a/x") with { Outputs = [Flow.Making("out", "results/x")] };
        Assert.NotEmpty(graph.Extend(new Expansion([refused], [], [])).Faults);
        Assert.False(Publishes(graph, "results/x"));
    }

    private static bool Publishes(WorkflowGraph graph, string path) => graph.Publishes(ArtifactPath.Parse(path));

    private static StepInstance Reading(string id, params string[] reads) =>
        new Flow().Task("a").Step("a/made").Graph().Steps.First() with
        {
            Id = StepId.Parse(id),
            Inputs = [.. reads.Select((producer, i) => Flow.Reading($"in{i}", producer))],
        };
}
