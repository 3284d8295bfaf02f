using ScaleMs.Core.Faults;
using ScaleMs.Core.Planning;
using Xunit;

namespace ScaleMs.Testing.Tests.Forms;

/// <summary>Steps whose members a step lists.</summary>
public sealed class ExpansionTests
{
    private readonly WorkflowTest _study;
    private string _list = "a b";

    public ExpansionTests() => _study = WorkflowTest.Of(steps =>
    {
        var list = steps.Step("list").Input("in", new SourceFile("in.txt")).Tool("ls").Run("ls").Output("list.txt");
        var frames = steps.Expand("frame", list.File("list.txt"), (member, name) => member.Step("frame")
            .Input("data", new SourceFile($"data/{name}.txt")).Tool("cut").Run("cut", name).Output("out", publish: $"frames/{name}.txt"));
        steps.WhenKnown(frames, (after, members) =>
        {
            var sum = after.Step("sum").Tool("sum").Run("sum").Output("sum", publish: "sum.txt");
            foreach (var (name, frame) in members)
            {
                sum.Input($"{name}.txt", frame.File("out"));
            }
        });
    }).Script("workflow/list", step =>
    {
        step.Write("list.txt", string.Join('\n', _list.Split(' ')) + "\n");
        return ScriptedEnd.After(1);
    }).Holds("in.txt", "1").Holds("data/a.txt", "a").Holds("data/b.txt", "b").Holds("data/c.txt", "c");

    [Fact]
    public void Expansion_FirstRun_RunsListMembersAndReduce() =>
        _study.Run().Executed("workflow/list", "workflow/frame[frame=a]", "workflow/frame[frame=b]", "workflow/sum");

    [Fact]
    public void Expansion_RunAgain_ExecutesNothing()
    {
        _study.Run();
        var run = _study.Run().ExecutesNothing();
        Assert.Equal(4, run.Run.Report!.Plan.Count);
        Assert.Empty(run.Run.Report.Open);
    }

    [Fact]
    public void Expansion_ListGrowsByOne_RunsTheNewMemberAndWhatReadsAll()
    {
        _study.Run();
        Relist("a b c");
        _study.Run().Executed("workflow/list", "workflow/frame[frame=c]", "workflow/sum");
    }

    [Fact]
    public void Expansion_MemberGoesAway_ItsFileIsMovedAwayOnceTheListIsKnown()
    {
        _study.Run();
        Relist("a");
        _study.Run().Executed("workflow/list", "workflow/sum");
        Assert.NotNull(_study.Text("frames/a.txt"));
        Assert.Null(_study.Text("frames/b.txt"));
        Assert.Contains("b", _study.Host.Disk.Files("/workspace/.scalems/kept").Single(), StringComparison.Ordinal);
    }

    [Fact]
    public void Expansion_ListFails_LeavesTheFilesOfFormerMembers()
    {
        _study.Run();
        _study.Holds("in.txt", "2").Script("workflow/list", _ => ScriptedEnd.Fails());
        _study.Run().Fails("workflow/list");
        Assert.NotNull(_study.Text("frames/b.txt"));
    }

    [Fact]
    public void Expansion_ListMadeAgainAndTheSame_RunsNothingElse()
    {
        _study.Run();
        _study.Holds("in.txt", "2").Run().Executed("workflow/list");
    }

    [Fact]
    public void Expansion_OneMembersInputChanges_RunsThatMemberAndWhatReadsIt()
    {
        _study.Run();
        _study.Holds("data/b.txt", "other").Run().Executed("workflow/frame[frame=b]", "workflow/sum");
    }

    [Fact]
    public void Expansion_OfNothing_StillReduces()
    {
        _list = string.Empty;
        _study.Run().Executed("workflow/list", "workflow/sum");
    }

    [Fact]
    public void Expansion_MemberWithoutItsSource_EndsTheRunAsAFaultOfTheDefinition()
    {
        _list = "a missing";
        var run = _study.Run();
        Assert.Equal(3, run.Run.Report!.ExitCode);
        Assert.Equal("SMS1004", Assert.Single(run.Run.Report.Faults).Code);
        Assert.Equal(["workflow/list"], run.ExecutedSteps);
    }

    [Fact]
    public void Expansion_MemberWithoutItsSource_IsToldBeforeTheNextRunExecutesAnything()
    {
        _list = "a missing";
        _study.Run();
        var fault = Assert.Throws<FaultException>(() => _study.Run());
        Assert.Contains("data/missing.txt", fault.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("a a", "SMS1001")]
    [InlineData("a/b", "SMS1011")]
    [InlineData("[1,", "SMS1019")]
    [InlineData("[\"a\",null]", "SMS1019")]
    [InlineData("[[\"a\"]]", "SMS1019")]
    public void Expansion_OfABadList_IsAFault(string list, string code)
    {
        _list = list;
        var report = _study.Run().Run.Report!;
        Assert.Equal(3, report.ExitCode);
        Assert.Contains(report.Faults, fault => fault.Code == code);
    }

    [Fact]
    public void Expansion_OfATrajectoryByMistake_IsAFaultAndNotRead()
    {
        _list = new string('x', 65 << 20);
        var fault = Assert.Single(_study.Run().Run.Report!.Faults);
        Assert.Equal("SMS1030", fault.Code);
        Assert.Contains("holds 68157441 bytes, and no more than 67108864 are read", fault.What, StringComparison.Ordinal);
    }

    [Fact]
    public void Expansion_OfTenThousandMembers_AddsOneAsOne()
    {
        _list = string.Join(' ', Enumerable.Range(0, 10_000));
        Enumerable.Range(0, 10_000).ToList().ForEach(frame => _study.Holds($"data/{frame}.txt", $"{frame}"));
        Assert.Equal(10_002, _study.Run().ExecutedSteps.Count);
        Relist(_list + " more");
        _study.Holds("data/more.txt", "more").Run().Executed("workflow/frame[frame=more]", "workflow/list", "workflow/sum");
        _study.Run().ExecutesNothing();
    }

    [Fact]
    public void Expansion_ListsBytesGone_MakesTheListAgain()
    {
        _study.Run();
        _study.Host.Disk.Files("/workspace/.scalems/blobs").ToList().ForEach(_study.Host.Disk.Delete);
        var run = _study.Run();
        Assert.Equal(["workflow/list"], run.ExecutedSteps);
        Assert.Equal("done", run.Run.Report!.Summary.Outcome);
    }

    /// <summary>A host that remembers its last null run looks again at all of it: where the list's bytes are damaged, the list is made again.</summary>
    [Fact]
    public void Expansion_RunAgain_WitnessesTheListThatItRead()
    {
        _study.Run();
        var looks = _study.Run().ExecutesNothing().Run.Report!.Looks!;
        var list = Path.GetRelativePath(SimulatedHost.Workspace, _study.Host.Store.BlobPath(Core.Digests.Digest.OfText("a\nb\n")));
        Assert.Equal(_study.Host.Disk.Stat(SimulatedHost.PathOf(list)), Assert.Single(looks, look => look.Path == list).Found);
    }

    [Fact]
    public void Expansion_BeforeTheListIsKnown_IsOpenInThePlan()
    {
        var report = _study.Run().Run.Report!;
        Assert.Equal(["workflow/list has made list.txt", "workflow/list has made list.txt"], report.Open.Select(open => open.Until));
        Assert.Equal(3, report.Summary.Steps.Count(step => step.Outcome == Outcome.Executed && step.Id.Step != "list"));
    }

    private void Relist(string list)
    {
        _list = list;
        _study.Holds("in.txt", list);
    }
}
