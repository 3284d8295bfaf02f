using System.Globalization;
using Cake.Core;
using ScaleMs.Core.Faults;
using ScaleMs.Core.Graph.Documents;
using ScaleMs.Reporting.Graphs;

namespace ScaleMs;

/// <summary>The graph as a document: <c>--graph</c> and what belongs to it.</summary>
/// <param name="File">The file, as it was given.</param>
/// <param name="Format">The form.</param>
/// <param name="Members">A step with more members is one node of a picture.</param>
internal sealed record GraphChoice(string File, GraphFormat Format, int Members)
{
    /// <summary>Reads the choice; what is wrong with it is added to the faults.</summary>
    /// <returns>The choice; null when no graph is asked for.</returns>
    public static GraphChoice? Read(ICakeArguments arguments, List<Fault> faults)
    {
        var file = Last(arguments, "graph");
        var (format, members) = (Last(arguments, "graph-format"), Last(arguments, "graph-members"));
        if (file is null)
        {
            faults.AddRange(new[] { "graph-format", "graph-members" }.Where(arguments.HasArgument).Select(UsageFaults.OnlyWithGraph));
            return null;
        }

        return new GraphChoice(file, FormatOf(format, file, faults), MembersOf(members, faults));
    }

    /// <summary>Writes a graph down.</summary>
    public void Write(GraphDocument graph, string workspace) => GraphFile.Write(graph, Path.GetFullPath(File, workspace), Format, Members);

    private static GraphFormat FormatOf(string? word, string file, List<Fault> faults)
    {
        if (word is not (null or "json" or "dot" or "mermaid"))
        {
            faults.Add(UsageFaults.BadValue("graph-format", word, "json, dot or mermaid"));
        }

        return word switch
        {
            "json" => GraphFormat.Json,
            "dot" => GraphFormat.Dot,
            "mermaid" => GraphFormat.Mermaid,
            _ => GraphFile.FormatOf(file),
        };
    }

    private static int MembersOf(string? text, List<Fault> faults)
    {
        if (text is null || int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out _))
        {
            return text is null ? GraphFile.DefaultMembers : int.Parse(text, CultureInfo.InvariantCulture);
        }

        faults.Add(UsageFaults.BadValue("graph-members", text, "a whole number from 0"));
        return GraphFile.DefaultMembers;
    }

    private static string? Last(ICakeArguments arguments, string name) => arguments.GetArguments(name)?.LastOrDefault();
}
