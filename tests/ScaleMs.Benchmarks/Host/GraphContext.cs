using Cake.Core;

namespace ScaleMs.Benchmarks.Host;

/// <summary>A workspace that describes its own graph: <c>graph.tsv</c> has a line for each step, producers before consumers.</summary>
public sealed class GraphContext : ScaleMsContext
{
    public GraphContext(ICakeContext context)
        : base(context, home: "")
    {
    }

    /// <summary>The steps, read anew in each run as any workflow reads its tables.</summary>
    public IEnumerable<GraphLine> Lines => ReadLines(Source("graph.tsv")).Select(GraphLine.Parse);
}
