using ScaleMs.Core.Failures;
using ScaleMs.Core.Faults;
using ScaleMs.Core.Identity;
using ScaleMs.Core.Model;
using Xunit;

namespace ScaleMs.Core.Tests.Graph;

public sealed class StepChecksTests
{
    /// <summary>A workflow with every fault there is: the author sees all of them at once.</summary>
    [Fact]
    public void Faults_OfAllKinds_AreToldAtOnceAndSorted()
    {
        var earlier = new Fault("SMS1003", FaultKind.Definition, "found while declaring", new SourceLocation("Workflow.cs", 99), "nothing");
        var faults = new Flow()
            .Task("good", ["god"]).Task("bad", ["nowhere"])
            .Step("good/twin").Step("good/twin")
            .Step("good/publisher", step => step with { Outputs = [Flow.Making("out", "results/a")] })
            .Step("bad/same-path", step => step with { Outputs = [Flow.Making("out", "results/a")] })
            .Step("bad/inside", step => step with { Outputs = [Flow.Making("out", "results/a/b/c")] })
            .Step("bad/no-producer", "missing/step")
            .Step("bad/near-output", step => step with { Inputs = [Flow.Reading("in", "good/publisher", "oud")] })
            .Step("bad/far-output", step => step with { Inputs = [Flow.Reading("in", "good/publisher", "trajectory")] })
            .Step("bad/source", step => step with { Inputs = [Flow.Source("in", "results/a")] })
            .Step("bad/template", step => step with { Templates = [Template("in", "results/a")] })
            .Step("bad/program", step => step with { Operation = Running("gmx", "./x", "gmx") })
            .Step("bad/names", step => step with { Inputs = [Flow.Source("out", "x")], Templates = [Template("out", "y")] })
            .Step("bad/names-inside", step => step with { Inputs = [Flow.Source("dir", "x"), Flow.Source("dir/a/b", "y")] })
            .Step("bad/edited-twice", step => step with { Inputs = [Edited("in"), Edited("in")] })
            .Step("bad/edited-template", step => step with { Inputs = [Edited("in")], Templates = [Template("in", "y")] })
            .Step("bad/no-output", step => step with { Outputs = [] })
            .Step("bad/no-work", step => step with { Operation = new Operation.Commands([]) })
            .Step("bad/circle", "bad/circle", "bad/no-step")
            .Step("bad/checkpoint", step => step with { Inputs = [Flow.Source("cpt", "x")], Checkpoint = [ArtifactPath.Parse("cpt")] })
            .Step("bad/retries", step => step with { Retries = new RetryRules { LaterExits = [0, 42], Time = new Growth(2), Memory = new Growth(2) } })
            .Step("bad/state", step => step with { KeepsState = true })
            .Step("bad/state-in", step => step with { KeepsState = true, IsAlways = true, LogFraming = LogFraming.Lines, Tools = [new Tool("sh", ["sh"], new ToolVersion.OfBinary())], Operation = Given("[1]") })
            .Step("bad/state-taken", step => step with { KeepsState = true, IsAlways = true, LogFraming = LogFraming.Lines, Tools = [new Tool("sh", ["sh"], new ToolVersion.OfBinary())], Operation = Given("{\"state\":1}") })
            .Step("bad/state-text", step => step with { KeepsState = true, IsAlways = true, LogFraming = LogFraming.Lines, Tools = [new Tool("sh", ["sh"], new ToolVersion.OfBinary())], Operation = Given("one") })
            .Step("good/always", step => step with { KeepsState = true, IsAlways = true, LogFraming = LogFraming.Lines, Outputs = [], Tools = [new Tool("sh", ["sh"], new ToolVersion.OfBinary())], Operation = Given("{}") })
            .Step("good/tree", step => step with { Outputs = [Flow.Making("frames", "results/frames") with { Identity = OutputIdentity.Listing, Files = FilePattern.All }] })
            .Step("bad/in-tree", step => step with { Outputs = [Flow.Making("out", "results/frames/out")] })
            .Step("bad/name-in-tree", step => step with { Inputs = [Flow.Source("frames/a", "x"), Flow.Reading("all", "good/tree", "frames"), Flow.Source("all/a", "x")], Outputs = [Flow.Making("frames") with { Files = FilePattern.All }] })
            .Step("bad/of-tree", step => step with { Inputs = [Flow.Reading("in", "good/tree", "frames/a.gro"), Flow.Source("s", "results/frames/b.gro")] })
            .Pattern("results/*").Pattern("results/frames/*.gro").Pattern("data/*")
            .Step("bad/stdin", step => step with { Inputs = [Flow.Source("options.txt", "x")], Operation = Answered("option.txt") })
            .Step("bad/far-stdin", step => step with { Operation = Answered("answers") })
            .Step("bad/starter", step => step with { Operation = new Operation.Commands([new Command("sh", []) { Through = new Starter("mpirun", []) }]) })
            .Faults(earlier);
        Assert.Equal(
            faults.OrderBy(fault => fault.Code, StringComparer.Ordinal).ThenBy(fault => fault.What, StringComparer.Ordinal), faults);
        Assert.All(faults, fault => Assert.Equal(FaultKind.Definition, fault.Kind));
        Snapshot.Matches(string.Join("\n\n", faults));
    }

    [Fact]
    public void Faults_GivenInAnotherOrder_AreTheSame()
    {
        string[] ids = ["a/1", "a/2", "a/3", "a/4"];
        var expected = Told(ids);
        Assert.Equal(expected, Told([.. ids.Reverse()]));
    }

    [Fact]
    public void Step_ThatEditsAFileInPlace_MayDeclareItAsInputAndOutput() =>
        new Flow().Task("a").Step("a", step => step with { Inputs = [Edited("topol.top")], Outputs = [Flow.Making("topol.top")] }).Graph();

    [Fact]
    public void Step_ThatRunsADeclaredInput_NeedsNoTool() =>
        new Flow().Task("a").Step("a", step => step with
        {
            Inputs = [Flow.Source("tools/run.sh", "run.sh")],
            Operation = Running("./tools/run.sh"),
        }).Graph();

    [Fact]
    public void Step_ThatCallsAFunction_NeedsNoTool() =>
        new Flow().Task("a").Step("a", step => step with
        {
            Tools = [],
            Operation = new Operation.Function("A.B", "A|A|B()", "1", [], []),
        }).Graph();

    [Fact]
    public void Step_ThatPublishesBesideAnother_IsSound() =>
        new Flow().Task("a")
            .Step("a/1", step => step with { Outputs = [Flow.Making("out", "results/a")] })
            .Step("a/2", step => step with { Outputs = [Flow.Making("out", "results/ab"), Flow.Making("x", "results/a.b/c")] }).Graph();

    [Fact]
    public void Step_WithTheSameNamesAsAnother_IsSound() => new Flow().Task("a").Step("a/1").Step("a/2").Graph();

    private static string Told(string[] ids)
    {
        var flow = new Flow().Task("a");
        foreach (var id in ids)
        {
            flow.Step(id, step => step with { Outputs = [], DeclaredAt = default });
        }

        return string.Join('\n', flow.Faults());
    }

    private static Operation.Commands Running(params string[] programs) => new([.. programs.Select(program => new Command(program, []))]);

    private static Operation.Commands Given(string text) => new([new Command("sh", [], text)]);

    private static Operation.Commands Answered(string file) => new([new Command("sh", []) { StandardInputFile = ArtifactPath.Parse(file) }]);

    private static Template Template(string name, string source) => new(ArtifactPath.Parse(name), new InputSource.SourceFile(source), []);

    private static Input Edited(string name) =>
        new(ArtifactPath.Parse(name), new InputSource.SourceFile("x"), ContentIdentity.Bytes, IsWritable: true);
}
