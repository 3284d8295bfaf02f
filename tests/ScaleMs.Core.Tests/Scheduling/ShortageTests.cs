using ScaleMs.Core.Model;
using ScaleMs.Core.Scheduling;
using Xunit;

namespace ScaleMs.Core.Tests.Scheduling;

public sealed class ShortageTests
{
    private static readonly Resources Capacity = new(16, 64L << 30, 0, null, ReadyQueueTests.Tokens(("licence", 2)));

    [Fact]
    public void Shortage_OfEachResource_IsToldInOneLine() => Assert.Equal(
        "32 cores of 16 and 96.5 GiB of memory of 64 and 1 graphics processors of 0 and 3 tokens 'licence' of 2",
        Shortage.Of(new Resources(32, (96L << 30) + (1L << 29), 1, null, ReadyQueueTests.Tokens(("licence", 3))), Capacity));

    [Fact]
    public void Shortage_OfWhatThereIsEnoughOf_IsNone() => Assert.Null(Shortage.Of(new Resources(16, 64L << 30, 0, null, ReadyQueueTests.Tokens(("licence", 2), ("disk", 9))), Capacity));

    [Fact]
    public void Shortage_OfMemoryThatNobodyCounted_IsNone() => Assert.Null(Shortage.Of(new Resources(1, 1L << 40), new Resources(1)));
}
