using System.Text.RegularExpressions;
using Cake.Frosting;
using ScaleMs.Core.Faults;
using ScaleMs.Core.Graph;
using ScaleMs.Core.Model;
using ScaleMs.Core.Planning;
using ScaleMs.Core.Planning.Selection;
using ScaleMs.Core.Tests;
using ScaleMs.Engine.Importing;
using ScaleMs.Engine.Running;
using ScaleMs.Engine.Tracing;
using Xunit;

namespace ScaleMs.Engine.Tests.Faults;

/// <summary>The wording of faults that Core's own tests do not tell, each with its place and advice.</summary>
public sealed partial class WordingTests : IDisposable
{
    private readonly TestStudy _study = new();

    public WordingTests()
    {
        _study.Write("template.txt", "steps = @Steps@\n");
        _study.Write("folder/file.txt", "x\n");
        _study.Write("mine.txt", "mine\n");
    }

    public void Dispose() => _study.Dispose();

    /// <summary>What is wrong by itself and what the workspace lacks are told at once.</summary>
    [Fact]
    public void Faults_OfADefinition_AreToldAtOnce()
    {
        var faults = Thrown(steps =>
        {
            WordingStudy.WrongByItself(steps, _study.Root);
            WordingStudy.WrongForTheWorkspace(steps);
        });
        Assert.All(faults, fault => Assert.True(fault is { Where.Line: > 0, Try.Length: > 0 }, fault.What));
        Assert.Equal(faults.OrderBy(fault => fault.Code, StringComparer.Ordinal).ThenBy(fault => fault.What, StringComparer.Ordinal), faults);
        Snapshot.Matches(Told(faults));
    }

    [Fact]
    public void Faults_OfTheWorkspaceAlone_AreToldAtOnce() =>
        Assert.Equal(["SMS1004", "SMS1004", "SMS1010", "SMS1013", "SMS1014"], Thrown(WordingStudy.WrongForTheWorkspace).Select(fault => fault.Code).Order(StringComparer.Ordinal));

    [Fact]
    public void Faults_ThatShowWhileRunning_AreToldWithTheirPlace()
    {
        var faults = Late(WordingStudy.WrongWhenItGoesOn).Concat(Late(WordingStudy.WithoutEnd)).Concat(Late(WordingStudy.Many)).Append(OtherContent()).ToList();
        Assert.All(faults, fault => Assert.True(fault is { Kind: FaultKind.Definition, Where.Line: > 0, Try.Length: > 0 }, fault.What));
        Snapshot.Matches(Told(faults));
    }

    [Fact]
    public void Faults_OfAnImport_SayWhatToGive()
    {
        var step = new StepInstance { Id = new StepId("simulate", "simulate", "replica=3"), Operation = new Operation.Commands([]), DeclaredAt = new SourceLocation("Workflow.cs", 42) };
        var reason = new Reason("key-changed", "input in.txt changed");
        Snapshot.Matches(Told(
        [
            ImportFaults.NoFolder("cluster"), ImportFaults.NoFile(step, "there is no file for 'run.gro'"), ImportFaults.TakenTwice("run.gro", ["run.gro", "last.gro"], step),
            ImportFaults.HasResult(step, reason), ImportFaults.Blocked(step, reason), ImportFaults.NotSuccessful(step, "'run.gro' is missing"),
        ]));
    }

    [Fact]
    public void Faults_OfTheCommandLine_SayWhatToGive() => Snapshot.Matches(Told(
    [
        UsageFaults.UnknownTarget("simualte", ["simulate", "analyse"]), UsageFaults.UnknownTarget("x", ["simulate"]),
        UsageFaults.UnknownOption("pln"), UsageFaults.UnknownOption("q"), UsageFaults.Stray("simulate"), UsageFaults.BadValue("jobs", "many", "a whole number from 1"),
        UsageFaults.OnlyWithPlan("exit-code"), UsageFaults.NotTogether("plan", "apply", "give one of them"), UsageFaults.NoCacheAddress("--cache", "ftp://cache"), UsageFaults.NoCacheToken("--cache", "https://cache"), UsageFaults.ReadOnlyWithoutCache(),
        UsageFaults.UnknownParameter("nstep", "--set", ["nsteps", "replicas"]), UsageFaults.BadAssignment("nsteps"),
        UsageFaults.SecretGiven("api-token", "--set", new SecretSource.FromEnvironment("API_TOKEN")), UsageFaults.SecretAndParameter("api-token"),
        UsageFaults.BadConfig("study.json", "is no JSON object"), UsageFaults.SupposedForDefinition("members.tsv"),
        UsageFaults.LocalSite("printed nothing within 120 s", new SourceLocation("sites.yaml", 4)), UsageFaults.UnusableSite("farm", "the file of credentials may be read by others", new SourceLocation("sites.yaml", 9)),
        .. Thrown(Members, request => request with { Selection = new StepSelection { Only = [new StepPattern("t/simulte[*]")], Skip = [new StepPattern("t/simulate")] } }),
        .. Thrown(steps => steps.Shell("md", "echo > out").Output("out"), request => request with { Explain = ["t/m"] }),
        .. Thrown(steps => steps.Shell("md", "cat a > out").Input("a", new SourceFile("folder/file.txt")).Output("out"), request => request with { Supposed = ["file.txt"], PlanOnly = true }),
    ]));

    [Fact]
    public void Faults_OfRecipes_NamePackageAndPlaces() => Snapshot.Matches(Told(
    [
        .. Thrown(WordingStudy.WrongRecipes),
        RecipeFaults.BuiltForAnother("Acme.Recipes 2.1.0", new Version(2, 1), new Version(1, 4), new SourceLocation("Workflow.cs", 42)),
        RecipeFaults.BuiltForAnother("Acme.Recipes 1.0.0", new Version(1, 0), new Version(2, 0), new SourceLocation("Workflow.cs", 42)),
        .. TaskClashes.Of([typeof(Clashing.OneTask), typeof(Clashing.OtherTask)]).Faults,
    ]));

    [Fact]
    public void Faults_OfSecrets_TellNoValueAndWhatToDo() => Snapshot.Matches(Told(Thrown(WordingStudy.WrongSecrets).Concat(Thrown(WordingStudy.WithoutItsSecret))));

    [Fact]
    public void Faults_OfImportsAndTraces_SayWhatIsMissing()
    {
        var imported = Thrown(Members, request => request with { Selection = new StepSelection { Import = [new StepPattern("t/simulate[r=1]")] }, Import = new ImportOrder(_study.PathOf("folder"), "folder") });
        _study.Ports = ports => ports with { Environment = new Dictionary<string, string> { ["PATH"] = _study.PathOf("folder") } };
        Snapshot.Matches(Told(imported.Concat(Thrown(Members, request => request with { Trace = TraceMode.Report }))));
    }

    private static void Members(StepBuilder steps) =>
        steps.ForEach("r", new[] { 1, 2 }, r => r, (member, _) => member.Shell("simulate", "echo > out").Output("out"));

    private IReadOnlyList<Fault> Thrown(Action<StepBuilder> define, Func<RunRequest, RunRequest>? change = null) =>
        Assert.Throws<FaultException>(() => _study.Run(define, change)).Faults;

    private static IReadOnlyList<Fault> Late(Action<StepBuilder> define)
    {
        using var study = new TestStudy();
        return study.Run(define, request => request with { MostExpandedSteps = 3 }).Faults;
    }

    private static Fault OtherContent() => Running.Late.OtherContent(new Continuation
    {
        Task = "t",
        Source = new InputSource.StepOutput(new StepId("t", "list"), ArtifactPath.Parse("list.txt")),
        Expand = _ => new Expansion([], [], []),
        DeclaredAt = new SourceLocation("Workflow.cs", 42),
    });

    /// <summary>The workspace's folder and the lines of the study are not what is promised.</summary>
    private string Told(IEnumerable<Fault> faults) => Line().Replace(string.Join("\n\n", faults).Replace(_study.Root, "WORKSPACE", StringComparison.Ordinal), "$1:LINE");

    private static class Clashing
    {
        [TaskName("prepare")]
        public sealed class OneTask : FrostingTask;

        [TaskName("Prepare")]
        public sealed class OtherTask : FrostingTask;
    }

    [GeneratedRegex(@"(Wording(?:Study|Tests)\.cs):\d+")]
    private static partial Regex Line();
}
