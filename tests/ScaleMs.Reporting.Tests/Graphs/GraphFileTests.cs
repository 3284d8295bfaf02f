using System.Diagnostics;
using System.Text.Json;
using System.Text.RegularExpressions;
using ScaleMs.Core.Graph;
using ScaleMs.Core.Graph.Documents;
using ScaleMs.Core.Identity;
using ScaleMs.Core.Model;
using ScaleMs.Reporting.Graphs;
using ScaleMs.Reporting.Tests.Support;
using Xunit;

namespace ScaleMs.Reporting.Tests.Graphs;

public sealed partial class GraphFileTests : IDisposable
{
    private const string HostilePath = "a \"b\" <c> #d; `e` {f} & |g|.txt";

    private const string HostileTask = "clean \"b\" <c> \\N |g|";

    private readonly string _file = Path.GetTempFileName();

    public void Dispose() => File.Delete(_file);

    [Fact]
    public void Graph_WrittenAsJson_HasThePublishedForm() => Snapshot.Match(Written(Study(), GraphFormat.Json));

    [Fact]
    public void Graph_WrittenAsDot_ShowsTasksStepsAndArtifacts() => Snapshot.Match(Written(Study(), GraphFormat.Dot));

    [Fact]
    public void Graph_WrittenAsMermaid_ShowsTasksStepsAndArtifacts() => Snapshot.Match(Written(Study(), GraphFormat.Mermaid));

    [Fact]
    public void Schema_OfGraphs_NamesEveryMember()
    {
        using var graph = JsonDocument.Parse(Written(Study(), GraphFormat.Json));
        using var schema = PublishedSchema.Read("graph.schema.json");
        PublishedSchema.AssertFits(graph.RootElement, schema.RootElement, "graph");
        Assert.Equal(GraphDocument.Form, schema.RootElement.GetProperty("properties").GetProperty("form").GetProperty("const").GetString());
    }

    [Fact]
    public void Graph_WithADirectoryAndAnOutputThatMayBeLeftOut_TellsThemFromFiles()
    {
        var step = Step("t/s", []) with
        {
            Outputs =
            [
                new Output(ArtifactPath.Parse("frames"), OutputIdentity.Listing) { Files = FilePattern.All },
                new Output(ArtifactPath.Parse("warnings"), OutputIdentity.Bytes) { IsOptional = true },
            ],
        };
        using var json = JsonDocument.Parse(Written((Build([new("t", [], false)], [step]), []), GraphFormat.Json));
        var outputs = json.RootElement.GetProperty("instances")[0].GetProperty("outputs").EnumerateArray().Select(output => (output.GetProperty("directoryOf").GetString(), output.GetProperty("optional").GetBoolean()));
        Assert.Equal([("**", false), (null, true)], outputs);
    }

    [Fact]
    public void Graph_DeclaredInAnotherOrder_IsTheSameText()
    {
        var (one, other) = (Study(), Study(backwards: true));
        Assert.All(Enum.GetValues<GraphFormat>(), format => Assert.Equal(Written(one, format), Written(other, format)));
    }

    [Fact]
    public void Picture_OfMoreMembersThanAllowed_HasOneNodeForThemAndOneArrow()
    {
        var text = Written(Ensemble(1000), GraphFormat.Mermaid);
        Assert.Contains("[\"simulate ×1000\"]", text, StringComparison.Ordinal);
        Assert.Equal(2, text.Split('\n').Count(line => line.Contains("-->", StringComparison.Ordinal)));
        Assert.Contains("simulate[replica=7]", Written(Ensemble(10), GraphFormat.Mermaid), StringComparison.Ordinal);
    }

    /// <summary>Every statement of a picture has one of these forms, whatever names hold.</summary>
    [Fact]
    public void Dot_OfAnyNames_KeepsToItsGrammar() => Assert.All(
        Written(Study(), GraphFormat.Dot).TrimEnd().Split('\n'), line => Assert.Matches(DotStatement(), line));

    [Fact]
    public void Mermaid_OfAnyNames_KeepsToItsGrammar() => Assert.All(
        Written(Study(), GraphFormat.Mermaid).TrimEnd().Split('\n'), line => Assert.Matches(MermaidStatement(), line));

    [Fact]
    public async Task Dot_OfAnyNames_IsReadByGraphviz()
    {
        Assert.SkipUnless(File.Exists("/usr/bin/dot"), "dot is not installed");
        File.WriteAllText(_file, Written(Study(), GraphFormat.Dot));
        using var dot = Process.Start(new ProcessStartInfo("/usr/bin/dot", ["-Tplain", _file]) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        var errors = dot.StandardError.ReadToEndAsync();
        var drawn = dot.StandardOutput.ReadToEnd();
        dot.WaitForExit();
        Assert.Equal(string.Empty, await errors);
        Assert.Equal(7, drawn.Split('\n').Count(line => line.StartsWith("node ", StringComparison.Ordinal)));
    }

    [Theory]
    [InlineData("g.json", GraphFormat.Json)]
    [InlineData("g.dot", GraphFormat.Dot)]
    [InlineData("g.gv", GraphFormat.Dot)]
    [InlineData("g.mmd", GraphFormat.Mermaid)]
    [InlineData("g", GraphFormat.Json)]
    public void Format_OfAFilesName_IsThatOfItsEnding(string name, GraphFormat format) => Assert.Equal(format, GraphFile.FormatOf(name));

    /// <summary>Counted in bytes, which are the same on a busy machine.</summary>
    [Fact]
    public void Graph_TenTimesAsLarge_CostsTenTimesAsMuch()
    {
        var (small, large) = (Cost(10_000), Cost(100_000));
        Assert.InRange(large, 5.0 * small, 15.0 * small);
    }

    private double Cost(int members)
    {
        var graph = Ensemble(members).Graph;
        var before = GC.GetAllocatedBytesForCurrentThread();
        var document = GraphDocuments.Of("analyse", graph, []);
        GraphFile.Write(document, _file, GraphFormat.Json);
        GraphFile.Write(document, _file, GraphFormat.Dot);
        return GC.GetAllocatedBytesForCurrentThread() - before;
    }

    private string Written((WorkflowGraph Graph, IReadOnlyList<GraphOpening> Open) study, GraphFormat format)
    {
        GraphFile.Write(GraphDocuments.Of("analyse", study.Graph, study.Open), _file, format);
        return File.ReadAllText(_file);
    }

    /// <summary>A recipe's step, an expanded one, a function, a plain task in between, and steps that nobody knows yet.</summary>
    private static (WorkflowGraph Graph, IReadOnlyList<GraphOpening> Open) Study(bool backwards = false)
    {
        var prepare = Step("prepare/water.solvate", [("in.pdb", "/data/crambin.pdb"), ("em.mdp", "mdp/em.mdp")]) with { Recipe = "water" };
        StepInstance[] steps =
        [
            prepare,
            .. new[] { "1", "2" }.Select(replica => Step($"simulate[replica={replica}]", [], ("topol.top", prepare.Id)) with { Resources = new Resources(4, 1 << 30, 1, TimeSpan.FromHours(1), new Dictionary<string, int> { ["licence"] = 1 }) }),
            Step("analyse", [], ("1.txt", new StepId("simulate", "simulate", "replica=1")), ("2.txt", new StepId("simulate", "simulate", "replica=2"))) with
            {
                Operation = new Operation.Function("Study.Tables.Merge", "Study", "00", [], []),
            },
        ];
        WorkflowTask[] tasks = [new("prepare", [], false), new(HostileTask, ["prepare"], true), new("simulate", [HostileTask, "prepare"], false), new("analyse", ["simulate"], false)];
        return (Build(backwards ? tasks.Reverse() : tasks, backwards ? steps.Reverse() : steps), [new GraphOpening("analyse", "analyse has made table.txt", new StepId("analyse", "analyse"))]);
    }

    private static (WorkflowGraph Graph, IReadOnlyList<GraphOpening> Open) Ensemble(int members)
    {
        var prepare = Step("prepare", []);
        var replicas = Enumerable.Range(0, members).Select(replica => Step($"simulate[replica={replica}]", [], ("topol.top", prepare.Id))).ToList();
        var analyse = Step("analyse", [], [.. replicas.Select((replica, i) => ($"{i}.txt", replica.Id))]);
        return (Build([new("prepare", [], false), new("simulate", [], false), new("analyse", [], false)], [prepare, .. replicas, analyse]), []);
    }

    private static WorkflowGraph Build(IEnumerable<WorkflowTask> tasks, IEnumerable<StepInstance> steps)
    {
        var (graph, faults) = WorkflowGraph.Build(new WorkflowDefinition([.. tasks], [.. steps], []));
        Assert.Empty(faults);
        return graph!;
    }

    private static StepInstance Step(string id, (string Name, string Path)[] sources, params (string Name, StepId Step)[] reads) => new()
    {
        Id = StepId.Parse(id),
        Operation = new Operation.Commands([new Command("gmx", ["grompp"]), new Command("gmx", ["mdrun"])]),
        Tools = [new Tool("gmx", ["gmx"], new ToolVersion.OfBinary())],
        Inputs = [.. sources.Select(source => new Input(ArtifactPath.Parse(source.Name), new InputSource.SourceFile(source.Path), ContentIdentity.Bytes))
            .Concat(reads.Select(read => new Input(ArtifactPath.Parse(read.Name), new InputSource.StepOutput(read.Step, ArtifactPath.Parse(HostilePath)), ContentIdentity.Bytes)))
            .OrderBy(input => input.Name.Value, StringComparer.Ordinal)],
        Outputs = [new Output(ArtifactPath.Parse(HostilePath), new OutputIdentity.Canonical(ContentIdentity.Bytes), ArtifactPath.Parse($"results/{id.Replace('/', '-')}.txt"))],
    };

    [GeneratedRegex("""^(digraph "[^"]*" \{| *\}|  rankdir=LR;|  node \[shape=box\];|  subgraph cluster_\d+ \{|    label="(\\.|[^"\\])*";|    n\d+ \[label="(\\.|[^"\\])*"(, (shape|style)=[a-z]+)?\];|  n\d+ -> n\d+ \[(style=dashed|label="(\\.|[^"\\])*")\];)$""")]
    private static partial Regex DotStatement();

    [GeneratedRegex("""^(flowchart LR|  subgraph t\d+\["[^"]*"\]|  end|    n\d+(\["[^"`<>&\\]*"\]|\(\["[^"`<>&\\]*"\]\)|\{\{"[^"`<>&\\]*"\}\})|  n\d+ (-\.->|-->\|"[^"`<>&\\]*"\|) n\d+)$""")]
    private static partial Regex MermaidStatement();
}
