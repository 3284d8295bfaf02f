using System.Text;
using System.Text.Json;
using ScaleMs.Core.Events;
using ScaleMs.Core.Model;
using ScaleMs.Core.Tracing;
using ScaleMs.Reporting.Files;
using ScaleMs.Reporting.Tests.Support;
using Xunit;

namespace ScaleMs.Reporting.Tests;

public sealed class EventLogTests : IDisposable
{
    private readonly MemoryStream _stream = new();
    private int _opened;

    public void Dispose() => _stream.Dispose();

    [Fact]
    public void Log_OneChange_IsStable()
    {
        Log(run => run.OneChange());
        Snapshot.Match(Text());
    }

    [Fact]
    public void Log_Failure_HoldsCommandAndLog()
    {
        Log(run => run.KeepGoing());
        Snapshot.Match(Text());
    }

    [Fact]
    public void Log_OfATracedStep_HoldsWhatWasFound()
    {
        Log(run => run.Begin(1).Send(new RunEvent.Traced(Script.Noon, StepId.Parse("fit"), [new TraceFinding(TraceKind.Absent, "~/.gmxrc", string.Empty)])).Execute("fit", 1).End());
        Assert.Contains("\"type\":\"traced\"", Text(), StringComparison.Ordinal);
        Assert.Contains("\"id\":\"fit\",\"findings\":[{\"kind\":\"absent\",\"path\":\"~/.gmxrc\",\"declaration\":null}]", Text(), StringComparison.Ordinal);
    }

    [Fact]
    public void Log_NullRun_OpensNothing()
    {
        Log(run => run.NullRun());
        Assert.Equal(0, _opened);
    }

    [Fact]
    public void Log_NullRunWithNoticeAndPlainTask_OpensNothing()
    {
        Log(run => run.Begin(1).Task("clean", 1).Notice("tool-moved", "gmx is elsewhere").UpToDate("a", 1).End());
        Assert.Equal(0, _opened);
    }

    [Fact]
    public void Log_NullRunAskedFor_IsALineATask()
    {
        Log(run => run.NullRun(), keepsNullRuns: true);
        Snapshot.Match(Text());
    }

    [Fact]
    public void Log_RestoredOnly_IsKeptFromTheFirstEvent()
    {
        Log(run => run.Begin(2).UpToDate("a", 1).Restore("b", 1, "output x is missing").End());
        Assert.Equal(1, _opened);
        Assert.Equal(["started", "defined", "stepFinished", "upToDate", "finished"], Types());
    }

    [Fact]
    public void Log_PlainTaskFails_IsKept()
    {
        Log(run => run.Begin(0).Task("lint", 1, Core.Planning.Outcome.Failed).End("failed"));
        Assert.Equal(["started", "defined", "taskStarted", "taskFinished", "finished"], Types());
    }

    [Fact]
    public void Log_EachEvent_IsFlushedWhole()
    {
        using var log = new EventLog(Open);
        var run = new Script(log);
        run.Begin(1).Start("a");
        Assert.Equal(["started", "defined", "stepStarted"], Types());
        run.After(1).Execute("a", 1);
        Assert.Equal(4, Types().Count);
    }

    [Fact]
    public void Log_MuchProgress_KeepsOneLineEveryFiveSeconds()
    {
        Log(run =>
        {
            run.Begin(1).Start("a");
            for (var i = 0; i < 100; i++)
            {
                run.After(0.1).Tell("a", i, 100);
            }

            return run.Execute("a", 10).End();
        });
        Assert.Equal(2, Types().Count(type => type == "stepProgressed"));
    }

    [Fact]
    public void Log_StreamCannotBeMade_ThrowsOnceThenIsSilent()
    {
        using var log = new EventLog(() => throw new IOException("disk full"));
        var run = new Script(log);
        run.Begin(1);
        Assert.Throws<IOException>(() => run.Start("a"));
        run.After(1).Execute("a", 1).End();
    }

    private void Log(Func<Script, Script> run, bool keepsNullRuns = false)
    {
        using var log = new EventLog(Open, keepsNullRuns);
        run(new Script(log));
    }

    private MemoryStream Open()
    {
        _opened++;
        return _stream;
    }

    private string Text() => Encoding.UTF8.GetString(_stream.ToArray());

    private List<string?> Types() => Text().Split('\n', StringSplitOptions.RemoveEmptyEntries)
        .Select(line => JsonDocument.Parse(line).RootElement.GetProperty("type").GetString()).ToList();
}
