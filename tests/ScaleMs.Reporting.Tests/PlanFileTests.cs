using System.Text.Json;
using ScaleMs.Core.Digests;
using ScaleMs.Core.Keys;
using ScaleMs.Core.Planning;
using ScaleMs.Core.Planning.Documents;
using ScaleMs.Core.Planning.Selection;
using ScaleMs.Reporting.Files;
using ScaleMs.Reporting.Tests.Support;
using Xunit;

namespace ScaleMs.Reporting.Tests;

public sealed class PlanFileTests : IDisposable
{
    private static readonly PlanDocument Plan = new()
    {
        Target = "analyse",
        Workspace = "/home/me/study",
        Parameters = [KeyValuePair.Create("nsteps", "50000"), KeyValuePair.Create("title", "a \"b\"")],
        Selection = new StepSelection { Only = [new StepPattern("simulate[*]")], Rerun = [new StepPattern("simulate[replica=2]")] },
        Sources = [new PlanSource("in/prod.mdp", "bytes/1", Digest.OfText("mdp").ToString())],
        Tools = [new PlanTool("gmx", [KeyValuePair.Create("GROMACS version", "2022.5")])],
        Steps =
        [
            new PlanEntry("prepare", PlanKind.UpToDate, new Reason("unchanged", "unchanged since run 1"))
            {
                Key = new ActionKey(Digest.OfText("key")), Declaration = Digest.OfText("prepare").ToString(), LastRun = "run-1",
            },
            new PlanEntry("simulate[replica=2]", PlanKind.Possible, new Reason("upstream", "prepare runs first")) { Declaration = Digest.OfText("simulate").ToString(), Seconds = 72.125 },
        ],
        Open = [new PlanOpening("analyse", "list has made list.txt")],
    };

    private readonly string _file = Path.GetTempFileName();

    public void Dispose() => File.Delete(_file);

    [Fact]
    public void Plan_Written_HasThePublishedForm()
    {
        PlanFile.Write(Plan, _file);
        Snapshot.Match(File.ReadAllText(_file));
    }

    [Fact]
    public void Plan_WrittenAndRead_IsTheSame()
    {
        PlanFile.Write(Plan, _file);
        var first = File.ReadAllText(_file);
        var (read, fault) = PlanFile.Read(_file);
        Assert.Null(fault);
        PlanFile.Write(read!, _file);
        Assert.Equal(first, File.ReadAllText(_file));
        Assert.Empty(PlanFaults.Of(Plan, read!));
    }

    [Fact]
    public void Schema_OfPlans_NamesEveryMemberAndVerdict()
    {
        PlanFile.Write(Plan, _file);
        using var plan = JsonDocument.Parse(File.ReadAllText(_file));
        using var schema = PublishedSchema.Read("plan.schema.json");
        PublishedSchema.AssertFits(plan.RootElement, schema.RootElement, "plan");
        var verdicts = schema.RootElement.GetProperty("properties").GetProperty("steps").GetProperty("items").GetProperty("properties").GetProperty("verdict").GetProperty("enum");
        Assert.Equal(Enum.GetValues<PlanKind>().Length, verdicts.GetArrayLength());
        Assert.Equal(PlanDocument.Form, schema.RootElement.GetProperty("properties").GetProperty("form").GetProperty("const").GetString());
    }

    [Theory]
    [InlineData("", "is no plan")]
    [InlineData("[1]", "is no plan")]
    [InlineData("{}", "is no plan")]
    [InlineData("""{"form":"scalems.plan/1"}""", "is no plan")]
    [InlineData("""{"form":"scalems.plan/2"}""", "has the form 'scalems.plan/2', and this version of ScaleMs applies 'scalems.plan/1'")]
    public void File_ThatIsNoPlanOfThisForm_IsAFault(string text, string problem)
    {
        File.WriteAllText(_file, text);
        var (plan, fault) = PlanFile.Read(_file);
        Assert.Null(plan);
        Assert.Equal($"the plan '{_file}' {problem}", fault!.What);
    }

    [Fact]
    public void File_ThatIsNotThere_IsAFault() => Assert.Contains("cannot be read", PlanFile.Read(_file + ".no").Fault!.What, StringComparison.Ordinal);

    [Fact]
    public void Faults_OfEverythingThatMoved_AreToldByName() => Snapshot.Match(string.Join('\n', PlanFaults.Of(Plan, Plan with
    {
        Parameters = [KeyValuePair.Create("nsteps", "100000"), KeyValuePair.Create("seed", "1")],
        Sources = [Plan.Sources[0] with { Digest = Digest.OfText("edited").ToString() }],
        Tools = [new PlanTool("gmx", [KeyValuePair.Create("GROMACS version", "2023.1")])],
        Steps = [Plan.Steps[0] with { Declaration = "other" }],
        Open = [new PlanOpening("analyse", "other has made list.txt")],
    })) + "\n");

    [Fact]
    public void Faults_OfAnotherTargetOrWorkspaceOrWork_SayWhatToDo() => Snapshot.Match(string.Join('\n', [
        .. PlanFaults.Of(Plan, Plan with { Target = "prepare" }),
        .. PlanFaults.Of(Plan, Plan with { Workspace = "/elsewhere" }),
        .. PlanFaults.Of(Plan, Plan with { Steps = [Plan.Steps[0] with { Key = new ActionKey(Digest.OfText("other")), Reason = new Reason("key-changed", "input a changed") }, Plan.Steps[1]] })]) + "\n");
}
