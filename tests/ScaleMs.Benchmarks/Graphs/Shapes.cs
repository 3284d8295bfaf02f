using System.Text;

namespace ScaleMs.Benchmarks.Graphs;

/// <summary>The shapes of graphs, by name.</summary>
internal static class Shapes
{
    private const int Layers = 10;

    public static IReadOnlyList<string> Names { get; } = ["ensemble", "wide", "chain", "layers"];

    /// <summary>Makes a graph of about so many steps; the shape rounds it.</summary>
    public static BenchGraph Make(string shape, int size)
    {
        var graph = new BenchGraph(shape);
        graph.Targets = shape switch
        {
            "wide" => Wide(graph, size),
            "chain" => [Chain(graph, graph.AddLeaf(0), size)],
            "layers" => InLayers(graph, Math.Max(3, size / Layers)),
            "ensemble" => [Ensemble(graph, Math.Max(1, size / 5))],
            _ => throw new ArgumentOutOfRangeException(nameof(shape), shape, "no such shape"),
        };
        return graph;
    }

    private static List<string> Wide(BenchGraph graph, int size) =>
        [.. Enumerable.Range(0, size).Select(i => graph.AddStep(StepKind.Copy, graph.AddLeaf(i)))];

    private static string Chain(BenchGraph graph, string start, int length)
    {
        for (var i = 0; i < length; i++)
        {
            start = graph.AddStep(StepKind.Copy, start);
        }

        return start;
    }

    /// <summary>Each step of a layer reads three neighbours of the layer before it.</summary>
    private static List<string> InLayers(BenchGraph graph, int width)
    {
        var layer = Wide(graph, width);
        for (var i = 1; i < Layers; i++)
        {
            var before = layer;
            layer = [.. Enumerable.Range(0, width).Select(j => graph.AddStep(StepKind.Mix, before[j], before[(j + 1) % width], before[(j + 2) % width]))];
        }

        return layer;
    }

    /// <summary>Replicas of five stages, and one step that reads the last stage of all.</summary>
    private static string Ensemble(BenchGraph graph, int replicas)
    {
        var last = new List<string>();
        for (var i = 0; i < replicas; i++)
        {
            var first = graph.AddStep(StepKind.Copy, graph.AddLeaf(i));
            last.Add(graph.AddStep(StepKind.Mix, Chain(graph, first, 3), first));
        }

        var names = graph.AddLeaf(BenchStep.ReduceList, Encoding.ASCII.GetBytes(string.Concat(last.Select(path => path + "\n"))));
        return graph.AddStep(StepKind.Reduce, [.. last, names]);
    }
}
