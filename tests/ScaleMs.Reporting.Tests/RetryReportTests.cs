using System.Text;
using System.Text.Json;
using ScaleMs.Core.Events;
using ScaleMs.Core.Failures;
using ScaleMs.Core.Model;
using ScaleMs.Core.Records;
using ScaleMs.Reporting.Files;
using ScaleMs.Reporting.Terminal;
using ScaleMs.Reporting.Tests.Support;
using ScaleMs.Reporting.Wording;
using Xunit;

namespace ScaleMs.Reporting.Tests;

public sealed class RetryReportTests
{
    private static readonly Resources Granted = new(1, 3L << 29, 0, TimeSpan.FromHours(2));
    private static readonly Failure Exit = new(FailureClass.ToolError, "the command ended with exit code 1", 1, LogPath: ".scalems/work/a-1/log");

    [Fact]
    public void Plain_RetriesOfEveryKind_TellWhenWhatWithAndWhy()
    {
        using var output = new StringWriter();
        using var reporter = new ConsoleReporter(output, new ConsoleOptions { Progress = ProgressKind.Plain, HasColour = false }, TimeProvider.System);
        new Script(reporter).Begin(1).Plan(["simulate/mdrun"]).Start("simulate/mdrun")
            .Send(Retrying(Exit, 10)).Start("simulate/mdrun", attempt: 2)
            .Send(Retrying(new Failure(FailureClass.TimeLimit, "it ran into its time limit of 01:00:00"), 0)).Start("simulate/mdrun", attempt: 3, isContinued: true)
            .Send(Retrying(new Failure(FailureClass.OutOfMemory, "it had more memory than it claims"), 0));
        Snapshot.Match(output.ToString().ReplaceLineEndings("\n"));
    }

    [Fact]
    public void EventLog_Retry_HoldsFailureAndWhatFollows()
    {
        using var stream = new MemoryStream();
        using (var log = new EventLog(() => stream))
        {
            new Script(log).Begin(1).Start("simulate/mdrun").Send(Retrying(Exit, 10));
        }

        var line = JsonDocument.Parse(Encoding.UTF8.GetString(stream.ToArray()).Split('\n', StringSplitOptions.RemoveEmptyEntries)[^1]).RootElement;
        Assert.Equal(
            "{\"type\":\"stepRetrying\",\"at\":\"2026-03-14T12:00:00+00:00\",\"id\":\"simulate/mdrun\",\"attempt\":2,\"mostAttempts\":3,\"delaySeconds\":10,\"grantedBytes\":1610612736,\"grantedSeconds\":7200,"
                + "\"failure\":{\"class\":\"ToolError\",\"exitCode\":1,\"message\":\"the command ended with exit code 1\"},\"log\":\".scalems/work/a-1/log\"}",
            line.GetRawText());
    }

    [Fact]
    public void Summary_OfSeveralAttempts_TellsEachOfThem()
    {
        AttemptRecord[] attempts =
        [
            new(1, Script.Noon, 2.5, "ToolError") { ExitCode = 7, PeakMemoryBytes = 4711, GrantedBytes = 1 << 20, GrantedSeconds = 60 },
            new(2, Script.Noon.AddSeconds(12.5), 3, "done"),
        ];
        using var stream = new MemoryStream();
        using (var json = new Utf8JsonWriter(stream))
        {
            json.WriteStartObject();
            RetryJson.WriteHistory(json, attempts);
            RetryJson.WriteHistory(json, attempts[..1]);
            json.WriteEndObject();
        }

        Assert.Equal(
            "{\"attemptHistory\":[{\"number\":1,\"outcome\":\"ToolError\",\"startedAt\":\"2026-03-14T12:00:00+00:00\",\"wallSeconds\":2.5,\"exitCode\":7,\"peakMemoryBytes\":4711,\"grantedBytes\":1048576,\"grantedSeconds\":60},"
                + "{\"number\":2,\"outcome\":\"done\",\"startedAt\":\"2026-03-14T12:00:12.5+00:00\",\"wallSeconds\":3,\"exitCode\":0,\"peakMemoryBytes\":0,\"grantedBytes\":0,\"grantedSeconds\":0}]}",
            Encoding.UTF8.GetString(stream.ToArray()));
    }

    [Fact]
    public void Frame_StepThatWaitsToBeTriedAgain_IsToldAndNotCountedTwice()
    {
        var view = new RunView();
        var script = new Script(new Folded(view));
        script.Begin(2).Plan(["a", "b"]).Start("a").Start("b").After(3).Send(Retrying(Exit, 10, "a"));
        Assert.EndsWith("0 done, 1 running, 1 to go (1 again)", Total(view, script), StringComparison.Ordinal);
        script.Start("a", attempt: 2);
        Assert.EndsWith("0 done, 2 running, 0 to go", Total(view, script), StringComparison.Ordinal);
        script.Send(Retrying(Exit, 10, "a")).Execute("a", 3).Execute("b", 3);
        Assert.EndsWith("2 done, 0 running, 0 to go", Total(view, script), StringComparison.Ordinal);
    }

    private static RunEvent.StepRetrying Retrying(Failure failure, int delay, string step = "simulate/mdrun") =>
        new(Script.Noon, StepId.Parse(step), failure, new RetryDecision.Again(TimeSpan.FromSeconds(delay), Granted, 3), 2);

    private static string Total(RunView view, Script script) =>
        StatusArea.Frame(view, script.Now, new TerminalSize(100, 24), new Palette(false))[^1];

    private sealed class Folded(RunView view) : IRunObserver
    {
        public void On(RunEvent runEvent) => view.Take(runEvent);
    }
}
