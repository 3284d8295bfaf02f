using System.Globalization;
using System.Text.RegularExpressions;
using ScaleMs.Benchmarks.Graphs;

namespace ScaleMs.Benchmarks.Peers;

/// <summary>This engine: the published host over <c>graph.tsv</c>.</summary>
/// <param name="host">The host's assembly.</param>
/// <param name="options">Options for every run.</param>
internal sealed partial class ScaleMsPeer(string host, params string[] options) : Peer
{
    public override string Name => options.Length == 0 ? "scalems" : $"scalems {string.Join(' ', options)}";

    public override bool IsThere => File.Exists(host);

    protected override IReadOnlyList<string> State => [".scalems"];

    public override IReadOnlyList<string> Call(int jobs) =>
        ["dotnet", host, "--target=all", "--jobs", jobs.ToString(CultureInfo.InvariantCulture), .. options];

    public override void ForgetNullRuns(string workspace) => PutAside(workspace, ".scalems/null-runs");

    /// <summary>Equal outputs are not written again, so what ran is counted by what the host says.</summary>
    public override int? Executed(string log) =>
        ExecutedCount().Match(log) is { Success: true } match ? int.Parse(match.Groups[1].ValueSpan, CultureInfo.InvariantCulture) : 0;

    /// <summary>Whether the host offers an option.</summary>
    public static bool Knows(string host, string option)
    {
        using var help = System.Diagnostics.Process.Start(new System.Diagnostics.ProcessStartInfo("dotnet", [host, "--help"]) { RedirectStandardOutput = true })!;
        var text = help.StandardOutput.ReadToEnd();
        help.WaitForExit();
        return text.Contains(option, StringComparison.Ordinal);
    }

    protected override void Describe(BenchGraph graph, string workspace) => WriteLines(
        workspace, "graph.tsv", graph.Steps.Select(step => $"{step.Output}\t{string.Join(' ', step.Inputs)}\t{step.Command}"));

    [GeneratedRegex(@"\b(\d+) executed")]
    private static partial Regex ExecutedCount();
}
