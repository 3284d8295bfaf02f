using ScaleMs.Reporting.Terminal;
using ScaleMs.Reporting.Tests.Support;
using Xunit;

namespace ScaleMs.Reporting.Tests;

public sealed class LiveReportTests
{
    [Fact]
    public void Live_StepsRun_ShowsThemBelowWhatIsDone()
    {
        using var live = new Live(100);
        live.Run.Begin(5).Plan(["prepare/topology"], "simulate/mdrun[replica=1]", "simulate/mdrun[replica=2]");
        live.Run.Start("prepare/topology");
        live.Advance(2).Execute("prepare/topology", 2).Start("simulate/mdrun[replica=1]").Start("simulate/mdrun[replica=2]");
        live.Advance(8).Tell("simulate/mdrun[replica=1]", 1200, 2500, "41.8 ns/day");
        live.Advance(0.5);
        Snapshot.Match(live.Screen.Text);
        Assert.Equal(2, live.Screen.CursorRow);
    }

    [Fact]
    public void Live_RunEnds_LeavesTheReportAndNoArea()
    {
        using var live = new Live(100);
        live.Run.Begin(2).Plan(["prepare/topology"]).Start("prepare/topology");
        live.Advance(2).Execute("prepare/topology", 2).UpToDate("simulate/mdrun", 9).End();
        Snapshot.Match(live.Screen.Text);
        Assert.Equal(0, live.Time.Timers);
    }

    [Fact]
    public void Live_NullRun_DrawsNoFrame()
    {
        using var live = new Live(100);
        live.Run.Begin(36).Plan([]);
        live.Advance(0.5).UpToDate("simulate/mdrun", 9).End();
        Assert.Equal(1, live.Screen.Writes);
        Assert.Equal("simulate: everything up to date, 1 step (saved 9.0 s)", live.Screen.Text);
    }

    [Fact]
    public void Live_ManyEvents_DrawsAtMostEightFramesASecond()
    {
        using var live = new Live(100);
        live.Run.Begin(2000).Start("simulate/mdrun[replica=0]");
        for (var i = 1; i <= 1000; i++)
        {
            live.Advance(0.001).Run($"analyse/energy[replica={i}]", 0).Tell("simulate/mdrun[replica=0]", i, 2500);
        }

        Assert.InRange(live.Screen.Writes, 4, 8);
    }

    [Fact]
    public void Live_NothingChanges_WritesNothing()
    {
        using var live = new Live(100);
        live.Run.Begin(2).Start("simulate/mdrun");
        live.Advance(20);
        var before = live.Screen.Writes;
        live.Advance(10);
        // Ages beyond ten seconds change once a second.
        Assert.InRange(live.Screen.Writes - before, 9, 11);
    }

    [Theory]
    [InlineData(20)]
    [InlineData(40)]
    [InlineData(200)]
    public void Live_AnyWidth_NeverWraps(int columns)
    {
        using var live = new Live(columns);
        live.Run.Begin(50).Plan(["simulate/mdrun[replica=1]"]);
        live.Run.Start("simulate/mdrun[replica=1]", "a reason that goes on and on: " + new string('x', 300));
        live.Advance(3).Tell("simulate/mdrun[replica=1]", 1200, 2500, "41.8 ns/day");
        live.Advance(1).Execute("simulate/mdrun[replica=1]", 4, new string('x', 300)).Start("分析/エネルギー[replica=2]");
        live.Advance(1);
        Assert.Equal(0, live.Screen.Wrapped);
        Assert.Contains("1 done", live.Screen.Text.Split('\n')[^1], StringComparison.Ordinal);
    }

    [Fact]
    public void Live_MoreRunThanRows_StaysBelowTheHeight()
    {
        using var live = new Live(80, rows: 6);
        live.Run.Begin(50);
        for (var i = 1; i <= 20; i++)
        {
            live.Run.Start($"simulate/mdrun[replica={i}]");
        }

        live.Advance(3);
        Snapshot.Match(live.Screen.Text);
    }

    [Fact]
    public void Live_PlainTaskRuns_HasTheTerminalForItself()
    {
        using var live = new Live(80);
        live.Run.Begin(2).Start("simulate/mdrun");
        live.Advance(3).Send(new Core.Events.RunEvent.TaskStarted(live.Run.Now, "lint"));
        live.Screen.Write("lint: nothing wrong\n");
        live.Advance(1);
        Assert.Equal("task      lint\nlint: nothing wrong", live.Screen.Text);
    }

    [Fact]
    public void Live_SomebodyPrintsALine_KeepsIt()
    {
        using var live = new Live(80);
        live.Run.Begin(2).Start("simulate/mdrun");
        live.Advance(3);
        live.Screen.Write("from elsewhere\n");
        live.Reporter.Print("by way of the reporter");
        live.Advance(1);
        Assert.StartsWith("from elsewhere\nby way of the reporter\n\n  simulate/mdrun", live.Screen.Text, StringComparison.Ordinal);
    }

    [Fact]
    public void Live_DisposedInTheMiddle_TakesTheAreaAway()
    {
        var live = new Live(80);
        live.Run.Begin(2).Start("simulate/mdrun");
        live.Advance(3);
        live.Dispose();
        Assert.Equal(string.Empty, live.Screen.Text);
        Assert.Equal(0, live.Screen.CursorRow);
    }

    [Fact]
    public void Live_WindowShrinks_NextFrameFits()
    {
        using var live = new Live(100);
        live.Run.Begin(2).Start("simulate/mdrun[replica=1]");
        live.Advance(3);
        live.Columns = 24;
        live.Advance(1);
        Assert.All(live.Screen.Text.Split('\n'), line => Assert.InRange(line.Length, 0, 23));
    }

    /// <summary>A reporter on a small terminal with a clock that turns with the script's.</summary>
    private sealed class Live : IDisposable
    {
        public Live(int columns, int rows = 30)
        {
            Columns = columns;
            Screen = new Screen(columns, rows);
            var options = new ConsoleOptions { Progress = ProgressKind.Live, Size = () => new TerminalSize(Columns, rows) };
            Reporter = new ConsoleReporter(Screen, options, Time);
            Run = new Script(Reporter);
        }

        public int Columns { get; set; }

        public FakeTime Time { get; } = new(Script.Noon);

        public Screen Screen { get; }

        public ConsoleReporter Reporter { get; }

        public Script Run { get; }

        public Script Advance(double seconds)
        {
            Time.Advance(TimeSpan.FromSeconds(seconds));
            return Run.After(seconds);
        }

        public void Dispose() => Reporter.Dispose();
    }
}
