using ScaleMs.Core.Digests;
using ScaleMs.Core.Events;
using ScaleMs.Core.Failures;
using ScaleMs.Core.Keys;
using ScaleMs.Core.Model;
using ScaleMs.Core.Planning;
using ScaleMs.Core.Records;

namespace ScaleMs.Reporting.Tests.Support;

/// <summary>A scripted run: makes events with a clock of its own and hands them to observers.</summary>
internal sealed class Script(params IRunObserver[] observers)
{
    public static readonly DateTimeOffset Noon = new(2026, 3, 14, 12, 0, 0, TimeSpan.Zero);

    private readonly List<StepResult> _results = [];
    private readonly Dictionary<StepId, double> _expected = [];

    public DateTimeOffset Now { get; private set; } = Noon;

    public Script Expect(string step, double seconds)
    {
        _expected[StepId.Parse(step)] = seconds;
        return this;
    }

    public Script Begin(int instances, string target = "simulate")
    {
        Send(new RunEvent.Started(Now, "20260314-120000-1", target, "/home/ada/study"));
        return Send(new RunEvent.Defined(Now, instances, _expected));
    }

    public Script Plan(string[] certain, params string[] possible) =>
        Send(new RunEvent.Planned(Now, [.. certain.Select(StepId.Parse)], [.. possible.Select(StepId.Parse)]));

    public Script After(double seconds)
    {
        Now += TimeSpan.FromSeconds(seconds);
        return this;
    }

    public Script Start(string step, string reason = "never ran", int attempt = 1, bool isContinued = false) =>
        Send(new RunEvent.StepStarted(Now, StepId.Parse(step), new Reason("never-ran", reason), attempt, isContinued));

    public Script Tell(string step, long done, long total, string rate = "", string unit = "steps") =>
        Send(new RunEvent.StepProgressed(Now, StepId.Parse(step), new Progress(done, total, unit, rate)));

    public Script Execute(string step, double seconds, string reason = "never ran") =>
        Settle(step, Outcome.Executed, reason, result => result with
        {
            WallSeconds = seconds,
            Attempts = [new AttemptRecord(1, Now, seconds, "done")],
            Launcher = "local",
            Outputs = [new OutputSummary($"results/{step}.gro", Digest.OfText(step), 4711)],
            Metrics = new StepMetrics(0.5, 2 * seconds, 3L << 30, 1200, 4711),
        });

    /// <summary>Start, time and end in one.</summary>
    public Script Run(string step, double seconds, string reason = "never ran") =>
        Start(step, reason).After(seconds).Execute(step, seconds, reason);

    public Script UpToDate(string step, double saved) =>
        Settle(step, Outcome.UpToDate, "unchanged since run 20260313-090000-1", result => result with { RecordedSeconds = saved });

    public Script Restore(string step, double saved, string reason) =>
        Settle(step, Outcome.Restored, reason, result => result with { RecordedSeconds = saved });

    public Script Fail(string step, double seconds, Failure? failure, string reason = "never ran") =>
        Settle(step, Outcome.Failed, reason, result => result with
        {
            WallSeconds = seconds,
            Attempts = [new AttemptRecord(1, Now, seconds, "ToolError")],
            Metrics = new StepMetrics(0, seconds, 0, 1200, 0),
            Launcher = "local",
            Failure = failure,
        });

    public Script Settle(string step, Outcome outcome, string reason, Func<StepResult, StepResult>? with = null)
    {
        var result = new StepResult { Id = StepId.Parse(step), Outcome = outcome, Reason = new Reason("test", reason), Key = new ActionKey(Digest.OfText("k1")) };
        _results.Add(with?.Invoke(result) ?? result);
        return Send(new RunEvent.StepFinished(Now, _results[^1]));
    }

    public Script Notice(string code, string text) => Send(new RunEvent.Noticed(Now, code, text));

    public Script Task(string name, double seconds, Outcome outcome = Outcome.Executed)
    {
        Send(new RunEvent.TaskStarted(Now, name));
        return After(seconds).Send(new RunEvent.TaskFinished(Now, name, outcome, seconds));
    }

    public RunSummary Summary(string outcome = "done", string target = "simulate") =>
        new("20260314-120000-1", target, outcome, (Now - Noon).TotalSeconds, RunCounts.Of(_results), _results);

    public Script End(string outcome = "done", string target = "simulate") => Send(new RunEvent.Finished(Now, Summary(outcome, target)));

    public Script Send(RunEvent runEvent)
    {
        foreach (var observer in observers)
        {
            observer.On(runEvent);
        }

        return this;
    }
}
