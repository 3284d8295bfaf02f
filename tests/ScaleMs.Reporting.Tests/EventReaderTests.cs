using ScaleMs.Core.Events;
using ScaleMs.Core.Failures;
using ScaleMs.Core.Model;
using ScaleMs.Core.Planning;
using ScaleMs.Reporting.Files;
using ScaleMs.Reporting.Tests.Support;
using Xunit;

namespace ScaleMs.Reporting.Tests;

public sealed class EventReaderTests
{
    [Fact]
    public void Log_ReadAndWrittenAgain_IsTheSame()
    {
        var first = Written(log => Everything(new Script(log)));
        var again = Written(log =>
        {
            foreach (var line in first)
            {
                log.On(EventReader.TryRead(line) ?? throw new InvalidOperationException(line));
            }
        });
        Assert.Equal(first, again);
    }

    [Theory]
    [InlineData("")]
    [InlineData("{")]
    [InlineData("[]")]
    [InlineData("""{"type":"stepFinished","at":"2026-03-14T12:00:00+00:00","id":"a"}""")]
    [InlineData("""{"type":"ofTomorrow","at":"2026-03-14T12:00:00+00:00"}""")]
    [InlineData("""{"type":"started"}""")]
    public void Line_DamagedOrOfAnotherVersion_IsNoEvent(string line) => Assert.Null(EventReader.TryRead(line));

    private static void Everything(Script script)
    {
        var failure = new Failure(FailureClass.OutOfMemory, "it needed more", 137, "sh -c x", "logs/x");
        script.Expect("a", 4).Begin(5).Plan(["a", "b"], "c").Notice("tool-moved", "gmx is elsewhere").Task("clean", 1).Start("a", attempt: 2, isContinued: true).Tell("a", 5, 10, "3 ns/day")
            .Send(new RunEvent.StepLogged(script.Now, StepId.Parse("a"), new LogRecord(LogLevel.Warning, "odd")))
            .Send(new RunEvent.StepRetrying(script.Now, StepId.Parse("a"), failure, new RetryDecision.Again(TimeSpan.FromSeconds(3), new Resources(MemoryBytes: 1 << 30, TimeLimit: TimeSpan.FromMinutes(2)), 4), 2))
            .Send(new RunEvent.StepFollowing(script.Now, StepId.Parse("c"), "process 7 on host 'node1'"))
            .Execute("a", 2).Fail("b", 3, failure).Restore("c", 7, "output x is missing").Settle("d[x=1]", Outcome.Blocked, "b failed");
        script.Send(new RunEvent.UpToDate(script.Now, string.Empty, 3, 1.5)).Send(new RunEvent.CaughtUp(script.Now, 7, 3, 12.5, 2)).End("failed");
    }

    private static string[] Written(Action<EventLog> write)
    {
        using var stream = new MemoryStream();
        using (var log = new EventLog(() => stream, keepsNullRuns: true))
        {
            write(log);
        }

        return System.Text.Encoding.UTF8.GetString(stream.ToArray()).Split('\n', StringSplitOptions.RemoveEmptyEntries);
    }
}
