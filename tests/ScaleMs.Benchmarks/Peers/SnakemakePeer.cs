using System.Text.Json;
using ScaleMs.Benchmarks.Graphs;

namespace ScaleMs.Benchmarks.Peers;

/// <summary>Snakemake: time stamps, then the digest of small inputs, code and parameters.</summary>
internal sealed class SnakemakePeer : Peer
{
    private const string Rules = """
        import json
        G = json.load(open('graph.json'))
        S = G['steps']
        rule all:
            input: G['targets']
        rule copy:
            input: lambda w: S[w.s]
            output: 'out/{s,c[0-9]+}'
            shell: 'cp {input} {output}'
        rule mix:
            input: lambda w: S[w.s]
            output: 'out/{s,m[0-9]+}'
            shell: 'head -qc 342 {input} > {output}'
        rule reduce:
            input: lambda w: S[w.s]
            output: 'out/{s,z[0-9]+}'
            shell: 'xargs head -qc 16 < in/reduce.list > {output}'
        """;

    public override string Name => "snakemake";

    protected override IReadOnlyList<string> State => [".snakemake"];

    public override IReadOnlyList<string> Call(int jobs) => ["snakemake", $"-j{jobs}", "--quiet", "all", "--scheduler", "greedy"];

    protected override void Describe(BenchGraph graph, string workspace)
    {
        var steps = graph.Steps.ToDictionary(step => step.Name, step => step.Inputs, StringComparer.Ordinal);
        File.WriteAllText(Path.Combine(workspace, "graph.json"), JsonSerializer.Serialize(new { targets = graph.Targets, steps }));
        WriteLines(workspace, "Snakefile", [Rules]);
    }
}
