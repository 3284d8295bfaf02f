using ScaleMs.Core.Failures;
using ScaleMs.Core.Planning;
using ScaleMs.Reporting.Terminal;
using ScaleMs.Reporting.Tests.Support;
using Xunit;

namespace ScaleMs.Reporting.Tests;

public sealed class PlainReportTests
{
    [Fact]
    public void Plain_FreshRun_TellsEachStepAndTheTable() => Snapshot.Match(Told(run => run.Fresh()));

    [Fact]
    public void Plain_NullRun_IsOneLine() => Snapshot.Match(Told(run => run.NullRun()));

    [Fact]
    public void Plain_OneChange_ListsWhatRanAndWhy() => Snapshot.Match(Told(run => run.OneChange()));

    [Fact]
    public void Plain_FailureWithKeepGoing_ShowsTheBlockAndGoesOn() => Snapshot.Match(Told(run => run.KeepGoing()));

    [Fact]
    public void Plain_ManyFailuresOfOneKind_AreToldAsOneWithTheirNumberAndTheFirstNames()
    {
        const int many = 100_000;
        var told = Told(run =>
        {
            run.Begin(many + 1);
            for (var n = 0; n < many; n++)
            {
                run.Fail($"simulate/mdrun[n={n}]", 1, new Failure(FailureClass.SubmitError, $"tool 'gmx' was not found at site 'cluster' by job {n} of simulate/mdrun[n={n}]"));
            }

            return run.Fail("simulate/mdrun[n=other]", 1, new Failure(FailureClass.ToolError, "it ended with exit code 1", 1)).End("failed");
        });
        Assert.Equal(4, Count(told, "  what  "));
        Assert.Contains("failed    simulate/mdrun[n=3], as simulate/mdrun[n=0] did; more of this kind are told together at the end", told, StringComparison.Ordinal);
        Assert.Contains("failed    99997 more as simulate/mdrun[n=0] did: simulate/mdrun[n=3], simulate/mdrun[n=4], simulate/mdrun[n=5], …", told, StringComparison.Ordinal);
        Assert.InRange(told.Split('\n').Length, 10, 60);
    }

    [Fact]
    public void Plain_FailuresThatSayOtherThings_AreToldOneByOne()
    {
        var told = Told(run =>
        {
            run.Begin(5);
            foreach (var word in (string[])["no such group", "no such file", "out of range", "not finite", "licence expired"])
            {
                run.Fail($"simulate/mdrun[n={word.Length}]", 1, new Failure(FailureClass.ToolError, "it ended with exit code 1", 1) { LogTail = [word] });
            }

            return run.End("failed");
        });
        Assert.Equal(5, Count(told, "  what  "));
        Assert.DoesNotContain("more as", told, StringComparison.Ordinal);
    }

    private static int Count(string text, string part) => text.Split(part).Length - 1;

    [Fact]
    public void Plain_Restored_ListsReasonsAndExecutesNothing() => Snapshot.Match(Told(run => run
        .Begin(3).Plan([])
        .UpToDate("prepare/topology", 1)
        .Notice("output-edited", "results/a.gro was edited: your version is kept as .scalems/edited/a.gro")
        .Restore("simulate/mdrun[replica=1]", 72, "output results/a.gro was edited")
        .Restore("simulate/mdrun[replica=2]", 70, "this work was done in run 20260313-090000-1")
        .End()));

    [Fact]
    public void Plain_Leftovers_AreToldAgainBeforeTheLastLine() => Snapshot.Match(Told(run => run
        .Begin(2).UpToDate("simulate/mdrun[replica=1]", 72)
        .Plan(["analyse/table"])
        .Start("analyse/table", "input energy/3.xvg is gone")
        .Notice("leftovers-moved", "results/replica=3 is no longer made and was moved to .scalems/leftovers/20260314-120000-1/")
        .After(0.2).Execute("analyse/table", 0.2, "input energy/3.xvg is gone")
        .End()));

    [Fact]
    public void Plain_LeftoversInANullRun_AreToldOnce() => Snapshot.Match(Told(run => run
        .Begin(1).Notice("leftovers-moved", "results/replica=3 was moved").UpToDate("simulate/mdrun", 72).End()));

    [Fact]
    public void Plain_Interrupted_SaysHowToGoOn() => Snapshot.Match(Told(run => run
        .Begin(2).Plan(["simulate/mdrun"], "analyse/table")
        .Start("simulate/mdrun", "its attempt was interrupted", attempt: 2, isContinued: true).After(7)
        .Settle("simulate/mdrun", Outcome.Cancelled, "the run was interrupted")
        .Settle("analyse/table", Outcome.Cancelled, "the run was interrupted")
        .End("interrupted")));

    [Fact]
    public void Plain_PlainTaskOnly_SaysDone() => Snapshot.Match(Told(run => run.Begin(0, "clean").Task("clean", 0.3).End(target: "clean")));

    [Fact]
    public void Plain_PlainTaskFails_IsNotUpToDate() => Snapshot.Match(Told(run => run
        .Begin(1, "lint").UpToDate("prepare/topology", 1).Task("lint", 0.3, Outcome.Failed).End("failed", "lint")));

    [Fact]
    public void Plain_SummaryFileAsked_LastLineNamesIt() => Snapshot.Match(Told(run => run.OneChange(), options => options with { SummaryFile = "out.json" }));

    [Fact]
    public void Plain_Verbose_TellsRestoredAndBlocked() => Snapshot.Match(Told(
        run => run.Begin(3).Plan([]).Restore("a", 1, "output x is missing").Settle("b", Outcome.Skipped, "its criteria said no").UpToDate("c", 1).End(),
        options => options with { Verbosity = ReportVerbosity.Verbose }));

    [Fact]
    public void Plain_Quiet_TellsFailuresAndTheLastLine() =>
        Snapshot.Match(Told(run => run.KeepGoing(), options => options with { Verbosity = ReportVerbosity.Quiet }));

    [Fact]
    public void Plain_NoProgress_TellsOnlyTheEnd() =>
        Snapshot.Match(Told(run => run.OneChange(), options => options with { Progress = ProgressKind.None }));

    [Fact]
    public void Plain_Colour_PaintsVerbsOnly() => Snapshot.Match(Told(run => run.OneChange(), options => options with { HasColour = true }));

    [Fact]
    public void Plain_FailureWithoutLog_SaysNothingOfOne() => Snapshot.Match(Told(run => run
        .Begin(1).Fail("prepare/topology", 0, new Failure(FailureClass.StoreError, "'results/topol.top' is not ours and stands where the output would go"))
        .End("failed")));

    [Fact]
    public void Plain_TenThousandUpToDate_PrintsOneLine()
    {
        var told = Told(run =>
        {
            run.Begin(10_000).Plan([]);
            for (var i = 0; i < 10_000; i++)
            {
                run.UpToDate($"simulate/mdrun[replica={i}]", 60);
            }

            return run.End();
        });
        Assert.Equal("simulate: everything up to date, 10000 steps (saved 6 d 22 h)\n", told.ReplaceLineEndings("\n"));
    }

    [Fact]
    public void Plain_MoreThanTwentyExecuted_ListsNone()
    {
        var told = Told(run =>
        {
            run.Begin(21);
            for (var i = 0; i < 21; i++)
            {
                run.Run($"simulate/mdrun[replica={i}]", 1);
            }

            return run.End();
        });
        Assert.DoesNotContain("executed  simulate", told, StringComparison.Ordinal);
        Assert.EndsWith("done: simulate in 21 s, 21 executed; summary and logs in .scalems/runs/20260314-120000-1/\n", told.ReplaceLineEndings("\n"), StringComparison.Ordinal);
    }

    private static string Told(Func<Script, Script> run, Func<ConsoleOptions, ConsoleOptions>? with = null)
    {
        using var output = new StringWriter();
        var options = new ConsoleOptions { Size = () => new TerminalSize(100, 30) };
        using var reporter = new ConsoleReporter(output, with?.Invoke(options) ?? options, new FakeTime(Script.Noon));
        run(new Script(reporter));
        return output.ToString();
    }
}
