using ScaleMs.Core.Events;
using ScaleMs.Reporting.Terminal;
using ScaleMs.Reporting.Tests.Support;
using Xunit;

namespace ScaleMs.Reporting.Tests;

public sealed class TakenLineTests
{
    [Fact]
    public void Taken_ByStepsThatRan_IsToldInOneLine() => Assert.Equal(
        "taken: 3 min 20 s of processor time, at most 3072 MiB of memory (t/a), 2.3 KiB of inputs, 9.2 KiB of outputs; waited 1.0 s for resources",
        TakenLine.Of(new Script().Run("t/a", 40).Run("t/b", 60).UpToDate("t/c", 1).Summary().Steps));

    [Fact]
    public void Taken_WhereMemoryIsUnknown_SaysNothingOfIt() => Assert.Equal(
        "taken: 5.0 s of processor time, 1.2 KiB of inputs, 0 KiB of outputs; waited 0 s for resources",
        TakenLine.Of(new Script().Fail("t/a", 5, null).Summary("failed").Steps));

    [Fact]
    public void Taken_WhereNothingRan_IsNothing() => Assert.Null(TakenLine.Of(new Script().UpToDate("t/c", 1).Summary().Steps));
}
