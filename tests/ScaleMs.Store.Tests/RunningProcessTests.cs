using ScaleMs.Store.Locking;
using Xunit;

namespace ScaleMs.Store.Tests;

public sealed class RunningProcessTests
{
    [Fact]
    public void Process_OfThisTest_Runs() => Assert.NotNull(RunningProcess.StartTicks(Environment.ProcessId));

    /// <summary>Where the first process of a container never looks after orphans, all of them stay as zombies.</summary>
    [Theory]
    [InlineData("S", 4711L)]
    [InlineData("R", 4711L)]
    [InlineData("Z", null)]
    [InlineData("X", null)]
    public void Process_AsTheKernelTellsOfIt_RunsUnlessItHasEnded(string state, long? ticks) =>
        Assert.Equal(ticks, RunningProcess.TicksOf($"12 (a ) S b) {state} 1 12 12 0 -1 4194304 0 0 0 0 0 0 0 0 20 0 1 0 4711 1024 10"));
}
