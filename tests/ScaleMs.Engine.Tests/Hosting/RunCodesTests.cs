using ScaleMs.Engine.Running;
using Xunit;

namespace ScaleMs.Engine.Tests.Hosting;

/// <summary>The exit code of a process with several runs.</summary>
public sealed class RunCodesTests
{
    private const int ScriptFailed = 1;

    [Theory]
    [InlineData(ExitCodes.WorkToDo, ExitCodes.Done)]
    [InlineData(ExitCodes.Done, ExitCodes.WorkToDo)]
    [InlineData(ExitCodes.WorkToDo, ExitCodes.WorkToDo)]
    public void Plans_OfWhichOneHasWork_EndWithWork(int first, int second) => Assert.Equal(ExitCodes.WorkToDo, After(first, second).InsteadOf(ExitCodes.Done));

    [Theory]
    [InlineData(ExitCodes.StoreInUse)]
    [InlineData(ExitCodes.Interrupted)]
    public void RunThatSucceeds_AfterAFailureThatWasCaught_LeavesTheScriptsOwnCode(int caught)
    {
        Assert.Equal(ScriptFailed, After(caught, ExitCodes.Done).InsteadOf(ScriptFailed));
        Assert.Equal(ExitCodes.Done, After(caught, ExitCodes.Done).InsteadOf(ExitCodes.Done));
    }

    [Fact]
    public void RunThatFails_AfterOneThatSucceeded_EndsWithItsCode() =>
        Assert.Equal(ExitCodes.StoreInUse, After(ExitCodes.WorkToDo, ExitCodes.Done, ExitCodes.StoreInUse).InsteadOf(ScriptFailed));

    [Fact]
    public void ScriptThatFails_AfterAPlanWithWork_EndsWithItsOwnCode() => Assert.Equal(ScriptFailed, After(ExitCodes.WorkToDo).InsteadOf(ScriptFailed));

    private static RunCodes After(params int[] codes) => codes.Aggregate(new RunCodes(), (known, code) => known.With(code));
}
