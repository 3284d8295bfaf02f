using ScaleMs.Core.Graph.Documents;
using Xunit;

namespace ScaleMs.Engine.Tests;

/// <summary>The graph as a document of real workspaces: nothing is executed, and nothing but what was declared and made decides it.</summary>
public sealed class GraphDocumentTests : IDisposable
{
    private readonly TestStudy _study = new();

    public void Dispose() => _study.Dispose();

    [Fact]
    public void Graph_OfAFreshWorkspace_NeedsNoFileAndNoToolAndLeavesNothing()
    {
        var graph = Graph(steps => steps.Step("use").Tool("no-such-tool").Run("no-such-tool").Input("a.txt", new SourceFile("no-such-file.txt")).Output("b.txt"));
        Assert.Equal("no-such-file.txt", graph.Instances.Single().Sources.Single().Path);
        Assert.Empty(Directory.GetFileSystemEntries(_study.Root));
    }

    [Fact]
    public void Graph_OfSteps_TellsWhatPassesAndWhatOnlyOrders()
    {
        var graph = _study.Run(
            [("first", First), ("second", steps => steps.Shell("beside", "echo > b").Output("b"))], request => request with { WantsGraph = true }).Graph!;
        var (data, order) = (graph.Edges.Single(edge => !edge.IsOrderOnly), graph.Edges.Single(edge => edge.IsOrderOnly));
        Assert.Equal("first/make a → first/use in", $"{data.From} {data.Artifacts.Single().Output} → {data.To} {data.Artifacts.Single().Input}");
        Assert.Equal("first before second/beside", $"{order.Task} before {order.To}");
        Assert.Equal("some.recipe", graph.Steps.Single(step => step.Name == "some.recipe.deep").Recipe);

        static void First(StepBuilder steps)
        {
            var made = steps.Shell("make", "echo > a").Output("a");
            steps.Shell("use", "cat in > c").Input("in", made.File("a")).Output("c");
            steps.Use("some", new Outer());
        }
    }

    [Fact]
    public void Graph_WhereAResultDecides_IsOpenUntilItIsMade()
    {
        var before = Graph(Growing);
        Assert.Equal("t: unknown until t/list has made list.txt, which t/list decides", string.Join('\n', before.Open.Select(open => $"{open.Task}: unknown until {open.Until}, which {open.Step} decides")));
        Assert.Single(before.Instances);

        _study.Run(Growing);
        var after = Graph(Growing);
        Assert.Empty(after.Open);
        Assert.Equal("t/each[item=a] t/each[item=b] t/list", string.Join(' ', after.Instances.Select(instance => instance.Id)));
    }

    private GraphDocument Graph(Action<StepBuilder> define) => _study.Run(define, request => request with { WantsGraph = true }).Graph!;

    private static void Growing(StepBuilder steps)
    {
        var list = steps.Shell("list", "printf 'a\\nb\\n' > list.txt").Output("list.txt");
        steps.WhenKnown(list.File("list.txt"), (part, text) =>
        {
            foreach (var item in text.Split('\n', StringSplitOptions.RemoveEmptyEntries))
            {
                part.ForEach("item", [item], one => one, (member, one) => member.Shell("each", $"echo {one} > out").Output("out"));
            }
        });
    }

    private sealed class Outer : Recipe<Step>
    {
        public override Step Define(StepBuilder steps) => steps.Use("recipe", new Inner());
    }

    private sealed class Inner : Recipe<Step>
    {
        public override Step Define(StepBuilder steps) => steps.Shell("deep", "echo > out").Output("out");
    }
}
