using ScaleMs.Core.Explaining;
using ScaleMs.Core.Failures;
using ScaleMs.Core.Records;
using Xunit;

namespace ScaleMs.Core.Tests.Explaining;

public sealed class RetryTextTests
{
    [Fact]
    public void Rules_OfEachKind_AreToldTogether() => Assert.Equal(
        "tried again in the same run, which is not in the key: 2 times after a tool's error or a missing output; once after exit code 42 or 75; "
        + "after a time limit, with 2 times as much, 08:00:00 at most; for want of memory, with 1.5 times as much, 64 GiB at most",
        RetryText.Of(new RetryRules
        {
            Credits = 2, LaterExits = [42, 75], LaterTries = 1, Time = new Growth(2, TimeSpan.FromHours(8).Ticks), Memory = new Growth(1.5, 64L << 30),
        }));

    [Fact]
    public void Growth_WithoutABound_IsToldWithoutOne() =>
        Assert.Equal("tried again in the same run, which is not in the key: after a time limit, with 1.25 times as much", RetryText.Of(new RetryRules { Time = new Growth(1.25) }));

    [Fact]
    public void Growth_ToLessThanAGibibyte_IsToldInMebibytes() =>
        Assert.EndsWith("with 2 times as much, 512 MiB at most", RetryText.Of(new RetryRules { Memory = new Growth(2, 512 << 20) }), StringComparison.Ordinal);

    [Fact]
    public void Rules_ThatAllowNothing_AreNotTold() => Assert.Null(RetryText.Of(RetryRules.Default));

    [Fact]
    public void Attempts_OfALastResult_AreToldWhenThereWereSeveral()
    {
        AttemptRecord first = new(1, default, 1, "OutOfMemory"), second = new(2, default, 1, "done");
        Assert.Equal("its last result took 2 attempts: OutOfMemory, done", RetryText.Of([first, second]));
        Assert.Null(RetryText.Of([second]));
        Assert.Null(RetryText.Of([]));
    }
}
