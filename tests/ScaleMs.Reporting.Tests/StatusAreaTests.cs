using ScaleMs.Core.Events;
using ScaleMs.Reporting.Terminal;
using ScaleMs.Reporting.Tests.Support;
using ScaleMs.Reporting.Wording;
using Xunit;

namespace ScaleMs.Reporting.Tests;

public sealed class StatusAreaTests
{
    [Theory]
    [InlineData(100)]
    [InlineData(60)]
    [InlineData(32)]
    public void Frame_AtAWidth_IsCutNotWrapped(int columns) =>
        Snapshot.Match(Frame(columns, TwoReplicas), $"{nameof(Frame_AtAWidth_IsCutNotWrapped)}_{columns}");

    [Fact]
    public void Frame_Colour_TakesNoColumns() => Snapshot.Match(string.Join('\n', Area(TwoReplicas, 100, hasColour: true)));

    [Fact]
    public void Frame_HistoryKnown_DividesByWhatRunsAtOnce()
    {
        // 4 × 10 s, two at once, 5 s gone: (5 + 5 + 10 + 10) / 2.
        var frame = Frame(100, run => FourOf(run, known: 4));
        Assert.Contains("about 15 s left", frame.Split('\n')[^1], StringComparison.Ordinal);
    }

    [Fact]
    public void Frame_HalfOfHistoryKnown_TakesTheRestToBeAlike() =>
        Assert.Contains("about 10 s left", Frame(100, run => FourOf(run, known: 2)).Split('\n')[^1], StringComparison.Ordinal);

    [Fact]
    public void Frame_LessThanHalfKnown_TellsNoTime() =>
        Assert.DoesNotContain("left", Frame(100, run => FourOf(run, known: 1)).Split('\n')[^1], StringComparison.Ordinal);

    [Fact]
    public void Frame_OneLongStepAmongShort_WaitsForTheLongest()
    {
        var frame = Frame(100, run => run.Expect("a", 100).Expect("b", 4).Begin(2).Plan(["a", "b"]).Start("a").Start("b").After(2));
        Assert.Contains("about 1 min 38 s left", frame.Split('\n')[^1], StringComparison.Ordinal);
    }

    [Fact]
    public void Frame_LongerThanLastTime_TellsLastTime() =>
        Assert.Contains("took 10 s last time", Frame(100, run => run.Expect("a", 10).Begin(1).Start("a").After(14)), StringComparison.Ordinal);

    [Fact]
    public void Frame_FurtherAttempt_IsCountedOnce()
    {
        var frame = Frame(100, run => run.Begin(2).Plan(["a"], "b").Start("a").After(3).Start("a", attempt: 2).After(1));
        Assert.Contains("0 done, 1 running, 1 to go", frame, StringComparison.Ordinal);
        Assert.Contains("1.0 s", frame, StringComparison.Ordinal);
    }

    private static Script TwoReplicas(Script run) => run
        .Expect("simulate/mdrun[replica=1]", 20).Expect("simulate/mdrun[replica=2]", 20).Expect("analyse/table", 1)
        .Begin(8)
        .UpToDate("prepare/topology", 1).UpToDate("prepare/solvate", 2)
        .Plan(["prepare/ions", "simulate/mdrun[replica=1]"], "simulate/mdrun[replica=2]", "analyse/table")
        .Run("prepare/ions", 3)
        .Start("simulate/mdrun[replica=1]").Start("simulate/mdrun[replica=2]")
        .After(8.2).Tell("simulate/mdrun[replica=1]", 1200, 2500, "41.8 ns/day");

    private static Script FourOf(Script run, int known)
    {
        string[] all = ["a", "b", "c", "d"];
        foreach (var step in all.Take(known))
        {
            run.Expect(step, 10);
        }

        return run.Begin(4).Plan(all).Start("a").Start("b").After(5);
    }

    private static string Frame(int columns, Func<Script, Script> run)
    {
        var lines = Area(run, columns, hasColour: false);
        Assert.All(lines, line => Assert.InRange(line.Length, 0, columns - 1));
        return string.Join('\n', lines);
    }

    private static IReadOnlyList<string> Area(Func<Script, Script> run, int columns, bool hasColour)
    {
        var view = new RunView();
        var script = run(new Script(new Folding(view)));
        return StatusArea.Frame(view, script.Now, new TerminalSize(columns, 24), new Palette(hasColour));
    }

    private sealed class Folding(RunView view) : IRunObserver
    {
        public void On(RunEvent runEvent) => view.Take(runEvent);
    }
}
