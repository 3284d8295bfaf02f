using ScaleMs.Benchmarks.Graphs;

namespace ScaleMs.Benchmarks.Peers;

/// <summary>ninja: time stamps and the hash of the command line; no content.</summary>
internal sealed class NinjaPeer : Peer
{
    public override string Name => "ninja";

    protected override IReadOnlyList<string> State => [".ninja_log", ".ninja_deps"];

    public override IReadOnlyList<string> Call(int jobs) => ["ninja", "--quiet", $"-j{jobs}"];

    protected override void Describe(BenchGraph graph, string workspace) => WriteLines(
        workspace,
        "build.ninja",
        graph.Steps.Select(step => $"build {step.Output}: c {string.Join(' ', step.Inputs)}\n  cmd = {step.Command}").Prepend("rule c\n  command = $cmd"));
}
