using ScaleMs.Core.Graph;
using ScaleMs.Core.Model;
using Xunit;

namespace ScaleMs.Core.Tests.Graph;

public sealed class OrderTests
{
    [Fact]
    public void Graph_AnyWorkflow_PutsEachNodeAfterWhatItWaitsFor()
    {
        for (var seed = 0; seed < 100; seed++)
        {
            var graph = RandomFlow(seed).Graph();
            Assert.Equal(Enumerable.Range(0, graph.Nodes.Count), graph.Nodes.Select(node => node.Index));
            var edges = graph.Nodes.SelectMany(node => node.Producers.Concat(node.Before), (node, first) => (first, node));
            foreach (var (first, then) in edges)
            {
                Assert.True(first.Index < then.Index, $"seed {seed}: {first} after {then}");
                Assert.Contains(then, first.Dependents);
            }
        }
    }

    [Fact]
    public void Graph_SameDefinitionTwice_HasTheSameOrder() => Assert.Equal(
        RandomFlow(7).Graph().Nodes.Select(node => node.ToString()),
        RandomFlow(7).Graph().Nodes.Select(node => node.ToString()));

    [Fact]
    public void Graph_StepsAndNodes_AreFoundById()
    {
        var graph = new Flow().Task("a").Step("a/x").Step("a/y[k=1]").Graph();
        Assert.Equal(["a/x", "a/y[k=1]"], graph.Steps.Select(step => step.Id.ToString()));
        Assert.Equal("a/y[k=1]", graph.Find(StepId.Parse("a/y[k=1]"))?.ToString());
        Assert.Null(graph.Find(StepId.Parse("a/y")));
    }

    [Fact]
    public void TaskEnd_OfTaskWithSteps_WaitsForAllOfThem()
    {
        var end = End(new Flow().Task("a").Step("a/x").Step("a/y").Graph(), "a");
        Assert.Equal(["a/x", "a/y"], end.Before.Select(node => node.ToString()));
        Assert.Empty(end.Producers);
    }

    [Fact]
    public void Step_ThatReadsOneMemberOfATask_WaitsForThatMemberOnly()
    {
        var graph = new Flow().Task("run").Task("analyse", ["run"])
            .Step("run[r=1]").Step("run[r=2]").Step("analyse[r=1]", "run[r=1]").Step("analyse[r=2]", "run[r=2]").Graph();
        var node = graph.Find(StepId.Parse("analyse[r=1]"))!;
        Assert.Equal(["run[r=1]"], node.Producers.Select(producer => producer.ToString()));
        Assert.Empty(node.Before);
    }

    [Fact]
    public void Step_ThatReadsNothingOfATask_WaitsForTheWholeTask()
    {
        var graph = new Flow().Task("run").Task("report", ["run"]).Step("run[r=1]").Step("run[r=2]").Step("report").Graph();
        var node = graph.Find(StepId.Parse("report"))!;
        Assert.Empty(node.Producers);
        Assert.Equal([End(graph, "run")], node.Before);
    }

    [Fact]
    public void Step_ThatReadsOneOfTwoTasks_WaitsForTheWholeOther()
    {
        var graph = new Flow().Task("a").Task("b").Task("c", ["a", "b"]).Step("a").Step("b").Step("c", "a").Graph();
        var node = graph.Find(StepId.Parse("c"))!;
        Assert.Equal(["a"], node.Producers.Select(producer => producer.ToString()));
        Assert.Equal([End(graph, "b")], node.Before);
    }

    [Fact]
    public void Step_ThatReadsTwoOutputsOfOneStep_HasOneEdge() =>
        Assert.Single(new Flow().Task("a").Step("a/x").Step("a/y", "a/x", "a/x").Graph().Find(StepId.Parse("a/y"))!.Producers);

    [Fact]
    public void Step_ThatReadsATaskItDoesNotDependOn_StillWaitsForTheProducer()
    {
        var graph = new Flow().Task("b").Task("a").Step("b", "a").Step("a").Graph();
        Assert.Equal([graph.Find(StepId.Parse("a"))!], graph.Find(StepId.Parse("b"))!.Producers);
    }

    [Fact]
    public void PlainTask_BetweenStepTasks_IsANodeThatBothSidesRespect()
    {
        var graph = new Flow().Task("a").Task("plain", ["a"], isPlain: true).Task("b", ["plain"]).Step("a").Step("b").Graph();
        Assert.Equal([End(graph, "a")], End(graph, "plain").Before);
        Assert.Equal([End(graph, "plain")], graph.Find(StepId.Parse("b"))!.Before);
        Assert.True(End(graph, "plain").TaskEnd!.IsPlain);
    }

    [Fact]
    public void TaskDependency_InAnotherCase_IsTheSameTask()
    {
        var graph = new Flow().Task("Run").Task("report", ["run"]).Step("Run").Step("report").Graph();
        Assert.Equal([End(graph, "Run")], graph.Find(StepId.Parse("report"))!.Before);
    }

    private static GraphNode End(WorkflowGraph graph, string task) => graph.Nodes.Single(node => node.TaskEnd?.Name == task);

    /// <summary>Tasks and steps that only look back; the steps are declared in a random order.</summary>
    private static Flow RandomFlow(int seed)
    {
        var random = new Random(seed);
        var flow = new Flow();
        var tasks = random.Next(1, 6);
        for (var task = 0; task < tasks; task++)
        {
            flow.Task($"t{task}", [.. Enumerable.Range(0, task).Where(_ => random.Next(3) == 0).Select(before => $"t{before}")]);
        }

        var owners = Enumerable.Range(0, random.Next(20)).Select(_ => random.Next(tasks)).Order();
        var ids = owners.Select((task, i) => $"t{task}/s{i}").ToArray();
        var reads = ids.Select((_, i) => ids.Take(i).Where(_ => random.Next(4) == 0).ToArray()).ToArray();
        var order = Enumerable.Range(0, ids.Length).ToArray();
        random.Shuffle(order);
        foreach (var i in order)
        {
            flow.Step(ids[i], reads[i]);
        }

        return flow;
    }
}
