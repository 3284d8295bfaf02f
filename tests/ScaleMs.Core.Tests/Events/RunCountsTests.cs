using ScaleMs.Core.Events;
using ScaleMs.Core.Model;
using ScaleMs.Core.Planning;
using Xunit;

namespace ScaleMs.Core.Tests.Events;

public sealed class RunCountsTests
{
    /// <summary>A different number for each outcome, so that none can be taken for another.</summary>
    [Fact]
    public void Counts_OfResults_AreByOutcome()
    {
        var results = Enum.GetValues<Outcome>().SelectMany((outcome, i) => Enumerable.Repeat(Result(outcome), i + 1));
        Assert.Equal(
            new RunCounts(UpToDate: 1, Restored: 2, Executed: 3, Failed: 4, Blocked: 5, Skipped: 6, Cancelled: 7), RunCounts.Of(results));
    }

    [Fact]
    public void Counts_OfNothing_AreZero() => Assert.Equal(new RunCounts(0, 0, 0, 0, 0, 0, 0), RunCounts.Of([]));

    private static StepResult Result(Outcome outcome) =>
        new() { Id = new StepId("a", "a"), Outcome = outcome, Reason = new Reason("x", "x") };
}
