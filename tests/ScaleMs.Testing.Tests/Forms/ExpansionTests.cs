using ScaleMs.Core.Faults;
using ScaleMs.Core.Planning;
using Xunit;

namespace ScaleMs.Testing.Tests.Forms;

/// <summary>Steps whose members a step lists.</summary>
public sealed class ExpansionTests
{
    private readonly ListedFrames _frames = new();
    private readonly WorkflowTest _study;

    public ExpansionTests() => _study = _frames.Study;

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
        _frames.Relist("a b c");
        _study.Run().Executed("workflow/list", "workflow/frame[frame=c]", "workflow/sum");
    }

    [Fact]
    public void Expansion_MemberGoesAway_ItsFileIsMovedAwayOnceTheListIsKnown()
    {
        _study.Run();
        _frames.Relist("a");
        _study.Run().Executed("workflow/list", "workflow/sum");
        Assert.NotNull(_study.Text("frames/a.txt"));
        Assert.Null(_study.Text("frames/b.txt"));
        Assert.Contains("b", _study.Host.Disk.Files("/workspace/.scalems/kept").Single(), StringComparison.Ordinal);
    }

    /// <summary>The kill may come between the member's file and the commit that tells of it.</summary>
    [Fact]
    public void Expansion_CrashAtEveryChangeAndThenAMemberGoes_LeavesNoFileOfIt()
    {
        var changes = _study.Run().Run.Changes;
        for (var change = 1; change <= changes; change++)
        {
            var frames = new ListedFrames();
            Assert.True(frames.Study.Run(new SimulatedRunOptions { CrashAtChange = change }).Run.HasCrashed, $"change {change}");
            frames.Relist("a");
            frames.Study.Run();
            Assert.True(frames.Study.Text("frames/b.txt") is null, $"change {change}");
            Assert.Equal("done", frames.Study.Run().Run.Report!.Summary.Outcome);
        }
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
        _frames.List = string.Empty;
        _study.Run().Executed("workflow/list", "workflow/sum");
    }

    [Fact]
    public void Expansion_MemberWithoutItsSource_EndsTheRunAsAFaultOfTheDefinition()
    {
        _frames.List = "a missing";
        var run = _study.Run();
        Assert.Equal(3, run.Run.Report!.ExitCode);
        Assert.Equal("SMS1004", Assert.Single(run.Run.Report.Faults).Code);
        Assert.Equal(["workflow/list"], run.ExecutedSteps);
    }

    [Fact]
    public void Expansion_MemberWithoutItsSource_IsToldBeforeTheNextRunExecutesAnything()
    {
        _frames.List = "a missing";
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
        _frames.List = list;
        var report = _study.Run().Run.Report!;
        Assert.Equal(3, report.ExitCode);
        Assert.Contains(report.Faults, fault => fault.Code == code);
    }

    [Fact]
    public void Expansion_OfATrajectoryByMistake_IsAFaultAndNotRead()
    {
        _frames.List = new string('x', 65 << 20);
        var fault = Assert.Single(_study.Run().Run.Report!.Faults);
        Assert.Equal("SMS1030", fault.Code);
        Assert.Contains("holds 68157441 bytes, and no more than 67108864 are read", fault.What, StringComparison.Ordinal);
    }

    [Fact]
    public void Expansion_OfTenThousandMembers_AddsOneAsOne()
    {
        _frames.List = string.Join(' ', Enumerable.Range(0, 10_000));
        Enumerable.Range(0, 10_000).ToList().ForEach(frame => _study.Holds($"data/{frame}.txt", $"{frame}"));
        Assert.Equal(10_002, _study.Run().ExecutedSteps.Count);
        _frames.Relist(_frames.List + " more");
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
}
