using ScaleMs.Core.Digests;
using ScaleMs.Core.Keys;
using ScaleMs.Core.Model;
using ScaleMs.Core.Records;
using Xunit;

namespace ScaleMs.Core.Tests.Records;

/// <summary>A result tells its attempts as they were, however few words it keeps of them.</summary>
public sealed class AttemptListTests
{
    private static readonly AttemptRecord Plain = new(1, new DateTimeOffset(2026, 3, 1, 12, 0, 0, TimeSpan.FromHours(2)), 3.25, "done");

    public static TheoryData<AttemptRecord[]> Lists => new(
        [],
        [Plain],
        [Plain with { Number = 2 }],
        [Plain with { Outcome = "ToolError" }],
        [Plain with { ExitCode = 3 }],
        [Plain with { PeakMemoryBytes = 1 }],
        [Plain with { GrantedBytes = 1 }],
        [Plain with { GrantedSeconds = 0.5 }],
        [Plain with { Outcome = "interrupted" }, Plain with { Number = 2 }]);

    [Theory]
    [MemberData(nameof(Lists))]
    public void Attempts_OfAResult_AreThoseThatItWasGiven(AttemptRecord[] attempts)
    {
        var told = Of(attempts).Attempts;
        Assert.Equal(attempts.Length, told.Count);
        Assert.Equal(attempts, told);
        Assert.Equal(attempts, Enumerable.Range(0, told.Count).Select(i => told[i]));
        Assert.Equal(attempts, (Of(attempts) with { Attempts = told }).Attempts);
    }

    private static ActionResult Of(IReadOnlyList<AttemptRecord> attempts) => new()
    {
        Key = new ActionKey(Digest.OfText("key")),
        Step = StepId.Parse("a/b"),
        Outputs = [],
        Components = [],
        RunId = "run-1",
        FinishedAt = Plain.StartedAt,
        Attempts = attempts,
    };
}
