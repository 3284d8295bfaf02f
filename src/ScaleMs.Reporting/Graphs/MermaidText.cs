using System.Globalization;
using System.Text;

namespace ScaleMs.Reporting.Graphs;

/// <summary>A picture as a flowchart of Mermaid.</summary>
internal static class MermaidText
{
    /// <summary>What means something else in a quoted text: quotes end it, backticks make it Markdown, the others begin tags and entities.</summary>
    private const string Special = "\"`#&<>\\";

    public static void Write(Drawing drawing, TextWriter output)
    {
        output.Write("flowchart LR\n");
        var frame = 0;
        foreach (var task in drawing.Tasks)
        {
            output.Write($"  subgraph t{frame++}[{Quote(task.Key)}]\n");
            foreach (var node in task)
            {
                output.Write($"    {node.Id}{Shape(node)}\n");
            }

            output.Write("  end\n");
        }

        foreach (var edge in drawing.Edges)
        {
            output.Write(edge.Artifacts.Count == 0 ? $"  {edge.From.Id} -.-> {edge.To.Id}\n" : $"  {edge.From.Id} -->|{Quote(edge.Label)}| {edge.To.Id}\n");
        }
    }

    private static string Shape(DrawnNode node) => node.Kind switch
    {
        DrawnKind.Task => $"([{Quote(node.Label)}])",
        DrawnKind.Unknown => $"{{{{{Quote(node.Label)}}}}}",
        _ => $"[{Quote(node.Label)}]",
    };

    private static string Quote(string text)
    {
        var quoted = new StringBuilder("\"");
        foreach (var c in text)
        {
            quoted.Append(Special.Contains(c, StringComparison.Ordinal) ? string.Create(CultureInfo.InvariantCulture, $"#{(int)c};") : char.IsControl(c) ? " " : c.ToString());
        }

        return quoted.Append('"').ToString();
    }
}
