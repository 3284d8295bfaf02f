using System.Text;

namespace ScaleMs.Reporting.Graphs;

/// <summary>A picture in the language of Graphviz.</summary>
internal static class DotText
{
    public static void Write(Drawing drawing, TextWriter output)
    {
        output.Write($"digraph {Quote(drawing.Target)} {{\n  rankdir=LR;\n  node [shape=box];\n");
        var frame = 0;
        foreach (var task in drawing.Tasks)
        {
            output.Write($"  subgraph cluster_{frame++} {{\n    label={Quote(task.Key)};\n");
            foreach (var node in task)
            {
                output.Write($"    {node.Id} [label={Quote(node.Label)}{StyleOf(node)}];\n");
            }

            output.Write("  }\n");
        }

        foreach (var edge in drawing.Edges)
        {
            output.Write($"  {edge.From.Id} -> {edge.To.Id} [{(edge.Artifacts.Count == 0 ? "style=dashed" : $"label={Quote(edge.Label)}")}];\n");
        }

        output.Write("}\n");
    }

    private static string StyleOf(DrawnNode node) => node.Kind switch
    {
        DrawnKind.Task => ", shape=ellipse",
        DrawnKind.Unknown => ", style=dashed",
        _ => string.Empty,
    };

    /// <summary>Graphviz reads <c>\N</c> and the like as something else: a backslash is doubled.</summary>
    private static string Quote(string text)
    {
        var quoted = new StringBuilder("\"");
        foreach (var c in text)
        {
            quoted.Append(c is '"' or '\\' ? $"\\{c}" : char.IsControl(c) ? " " : c.ToString());
        }

        return quoted.Append('"').ToString();
    }
}
