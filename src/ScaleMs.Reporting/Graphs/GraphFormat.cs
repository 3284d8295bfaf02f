namespace ScaleMs.Reporting.Graphs;

/// <summary>The forms of a graph's document.</summary>
public enum GraphFormat
{
    /// <summary>JSON in the form of <c>docs/graph.schema.json</c>: everything.</summary>
    Json,

    /// <summary>The language of Graphviz: a picture.</summary>
    Dot,

    /// <summary>Mermaid's flowchart: a picture in Markdown.</summary>
    Mermaid,
}
