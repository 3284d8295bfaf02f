using System.Text.Json;
using ScaleMs.Core.Graph.Documents;
using ScaleMs.Reporting.Files;

namespace ScaleMs.Reporting.Graphs;

/// <summary>A graph as a file.</summary>
public static class GraphFile
{
    /// <summary>How many members of a step a picture shows one by one, where nothing else is said.</summary>
    public const int DefaultMembers = 12;

    /// <summary>The form that a file's name asks for.</summary>
    /// <param name="path">A file's name.</param>
    /// <returns>Pictures for <c>.dot</c>, <c>.gv</c>, <c>.mmd</c> and <c>.mermaid</c>, else JSON.</returns>
    public static GraphFormat FormatOf(string path) => Path.GetExtension(path).ToLowerInvariant() switch
    {
        ".dot" or ".gv" => GraphFormat.Dot,
        ".mmd" or ".mermaid" => GraphFormat.Mermaid,
        _ => GraphFormat.Json,
    };

    /// <summary>Writes a graph.</summary>
    /// <param name="graph">The graph.</param>
    /// <param name="path">The file; missing directories are made. A device such as <c>/dev/stdout</c> is written in place.</param>
    /// <param name="format">The form.</param>
    /// <param name="mostMembers">In a picture, a step with more members than this is one node.</param>
    /// <exception cref="IOException">The file cannot be written; what stood there is untouched.</exception>
    public static void Write(GraphDocument graph, string path, GraphFormat format, int mostMembers = DefaultMembers) =>
        WholeFile.Write(path, stream => Write(graph, stream, format, mostMembers));

    private static void Write(GraphDocument graph, Stream stream, GraphFormat format, int mostMembers)
    {
        if (format == GraphFormat.Json)
        {
            using var json = new Utf8JsonWriter(stream, ResultJson.Indented);
            GraphJson.Write(json, graph);
            return;
        }

        using var text = new StreamWriter(stream, leaveOpen: true);
        var drawing = Drawing.Of(graph, mostMembers);
        if (format == GraphFormat.Dot)
        {
            DotText.Write(drawing, text);
        }
        else
        {
            MermaidText.Write(drawing, text);
        }
    }
}
