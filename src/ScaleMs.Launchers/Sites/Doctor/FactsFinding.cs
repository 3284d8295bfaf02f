using ScaleMs.Core.Model;

namespace ScaleMs.Launchers.Sites.Doctor;

/// <summary>Says whether keys may hold what the login node tells of steps that run on nodes.</summary>
/// <param name="node">What a node told.</param>
/// <param name="login">What the login node told.</param>
internal sealed class FactsFinding(PlaceFindings node, SiteAnswer login)
{
    private static readonly (SiteFact Fact, string Name)[] Alike = [(SiteFact.OperatingSystem, "system"), (SiteFact.Architecture, "architecture"), (SiteFact.CLibrary, "C library")];

    /// <summary>The finding. Processors differ nearly everywhere, and few steps depend on theirs.</summary>
    public Finding Told => Differences() is { Count: > 0 } differences
        ? node.Warn("facts", $"the login node, which is asked for them, differs: {string.Join("; ", differences)}", "write 'facts: node' below 'slurm', so that nodes are asked")
        : node.Ok("facts", "are those of the login node, which is asked for them" + Processor());

    private List<string> Differences() =>
    [
        .. Alike.Select(fact => Difference(fact.Name, SiteFacts.Of(fact.Fact, node.Answer), SiteFacts.Of(fact.Fact, login))).OfType<string>(),
        .. ToolsOf(node.Answer).Zip(ToolsOf(login), (here, there) => Difference(here.Name, here.Version, there.Version)).OfType<string>(),
    ];

    private string Processor() => Difference("processor", SiteFacts.Of(SiteFact.ProcessorModel, node.Answer), SiteFacts.Of(SiteFact.ProcessorModel, login)) is { } difference
        ? $"; not so for steps that depend on the processor ({difference})"
        : string.Empty;

    /// <summary>Each tool with its digest: one that is found elsewhere with the same bytes is the same.</summary>
    private IEnumerable<(string Name, string Version)> ToolsOf(SiteAnswer answer) => node.Tools.Select((name, number) =>
        (name, answer.Records.SkipWhile(record => record.Word != "tool" || record.Value.Split(' ')[0] != FormattableString.Invariant($"{number}")).Skip(1).FirstOrDefault() is { Word: "digest" } digest ? digest.Value[..Math.Min(12, digest.Value.Length)] : "none"));

    private static string? Difference(string name, string there, string login) => there == login ? null : $"{name} {there} there, {login} at the login node";
}
