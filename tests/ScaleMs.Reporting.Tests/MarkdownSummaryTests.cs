using ScaleMs.Core.Events;
using ScaleMs.Core.Failures;
using ScaleMs.Core.Model;
using ScaleMs.Core.Planning;
using ScaleMs.Reporting.Files;
using ScaleMs.Reporting.Tests.Support;
using Xunit;

namespace ScaleMs.Reporting.Tests;

public sealed class MarkdownSummaryTests
{
    [Fact]
    public void Markdown_RunWithAFailure_ShowsTableFailureAndReasons() => Snapshot.Match(MarkdownSummary.Of(new Script().KeepGoing().Summary("failed")));

    [Fact]
    public void Markdown_NullRun_IsTheTable() => Snapshot.Match(MarkdownSummary.Of(new Script().NullRun().Summary()));

    [Fact]
    public void Markdown_LogThatHoldsFences_CannotEndItsBlock()
    {
        var text = Of(new Failure(FailureClass.ToolError, "no `luck`") { LogTail = ["````", "</details> # no heading"] });

        Assert.Contains("no \\`luck\\`", text, StringComparison.Ordinal);
        Assert.Contains("  `````text\n  ````\n  </details> # no heading\n  `````\n", text, StringComparison.Ordinal);
    }

    [Fact]
    public void Markdown_OfVeryManyReasons_SaysHowManyItLeavesOut()
    {
        var steps = Enumerable.Range(0, 75).Select(i => Step(i) with { Outcome = Outcome.Executed, Reason = new Reason("changed", $"input {i} changed") }).ToList();
        var text = MarkdownSummary.Of(new RunSummary("r", "all", "done", 1, RunCounts.Of(steps), steps));

        Assert.Contains("executed t/s49", text, StringComparison.Ordinal);
        Assert.DoesNotContain("s50", text, StringComparison.Ordinal);
        Assert.EndsWith("- … and 25 lines more\n", text, StringComparison.Ordinal);
    }

    private static string Of(Failure failure)
    {
        StepResult[] steps = [Step(0) with { Failure = failure }];
        return MarkdownSummary.Of(new RunSummary("r", "all", "failed", 1, RunCounts.Of(steps), steps));
    }

    private static StepResult Step(int number) =>
        new() { Id = new StepId("t", $"s{number}"), Outcome = Outcome.Failed, Reason = new Reason("never-ran", "never ran") };
}
