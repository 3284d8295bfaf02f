using Xunit;

namespace ScaleMs.Frosting.Tests.Running;

/// <summary>What happens to what is thrown, and which exit code it gives.</summary>
public sealed class FailureTests
{
    [Theory]
    [InlineData(Engines.Cake)]
    [InlineData(Engines.ScaleMs)]
    public void Task_ThatThrows_EndsTheRunAfterItsFinallyAndTeardowns(string engine)
    {
        var run = TestHost.RunOnce(engine, "context lifetime task-lifetime", "--target=AfterFails").Ended(1).Printed("no good");
        Assert.Equal(["context", "setup AfterFails: Fails AfterFails", "before Fails", "finally Fails", "after Fails no good"], run.Told.SkipLast(1));
        Assert.StartsWith("teardown ", run.Told[^1], StringComparison.Ordinal);
        Assert.EndsWith("no good", run.Told[^1], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(Engines.Cake)]
    [InlineData(Engines.ScaleMs)]
    public void Task_ThatHandlesItsError_Succeeds(string engine) => TestHost.RunOnce(engine, "context lifetime", "--target=Handles").Ended(0)
        .Called("setup Handles: Handles", "error Handles handled", "finally Handles", "teardown successful");

    [Theory]
    [InlineData(Engines.Cake)]
    [InlineData(Engines.ScaleMs)]
    public void AsyncTask_ThatThrowsLater_IsHandledToo(string engine) =>
        TestHost.RunOnce(engine, "context", "--target=FailsLater").Ended(0).Called("error FailsLater no good later");

    [Theory]
    [InlineData(Engines.Cake)]
    [InlineData(Engines.ScaleMs)]
    public void Handler_ThatThrows_FailsTheRun(string engine) => TestHost.RunOnce(engine, "context", "--target=HandlesBadly").Ended(1).Printed("second");

    [Theory]
    [InlineData(Engines.Cake)]
    [InlineData(Engines.ScaleMs)]
    public void Task_ThatMayFail_DoesNotEndTheRun(string engine) =>
        TestHost.RunOnce(engine, "context", "--target=AfterMayFail").Ended(0).Called("run AfterMayFail");

    [Theory]
    [InlineData(Engines.Cake)]
    [InlineData(Engines.ScaleMs)]
    public void Setup_ThatThrows_RunsNoTaskButTheTeardown(string engine) =>
        TestHost.RunOnce(engine, "context setup-fails teardown", "--target=Docs").Ended(1).Called("teardown alone").Printed("Error: setup is broken");

    [Theory]
    [InlineData(Engines.Cake)]
    [InlineData(Engines.ScaleMs)]
    public void Teardown_ThatThrows_FailsTheRun(string engine) =>
        TestHost.RunOnce(engine, "context teardown-fails", "--target=Docs", "-e").Ended(1).Called("run Docs").Printed("Error: teardown is broken");

    [Theory]
    [InlineData(Engines.Cake, 1)]
    [InlineData(Engines.ScaleMs, 2)]
    public void Target_ThatIsNotThere_RunsNothing(string engine, int code) =>
        TestHost.RunOnce(engine, "context lifetime", "--target=Nowhere").Ended(code).Called().Printed("'Nowhere'");

    [Theory]
    [InlineData(Engines.Cake)]
    [InlineData(Engines.ScaleMs)]
    public void Dependency_ThatIsNoTask_IsToldByName(string engine) =>
        TestHost.RunOnce(engine, "context invalid-dependency", "--target=Clean").Ended(1).Called().Printed("Error: The dependency 'DateTime' is not a valid task.");

    [Theory]
    [InlineData(Engines.Cake)]
    [InlineData(Engines.ScaleMs)]
    public void Tasks_OfOneName_InOtherLetters_AreRefused(string engine)
    {
        var run = TestHost.RunOnce(engine, "context same-name", "--target=Clean").Ended(1).Called();
        Assert.Contains("'clean'", run.Output, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public void Tasks_ThatTakeEachOther_InACircle_AreToldAsIt() =>
        TestHost.RunOnce(Engines.ScaleMs, "context circle", "--target=Clean").Ended(3).Called().Printed("One → Two → One");

    [Theory]
    [InlineData(Engines.Cake, 1)]
    [InlineData(Engines.ScaleMs, 0)]
    public void Tasks_FoundTwice_AreTwoForCakesEngineAndOneForOurs(string engine, int code) =>
        TestHost.RunOnce(engine, "context own-assembly", "--target=Clean").Ended(code);

    [Theory]
    [InlineData(Engines.Cake)]
    [InlineData(Engines.ScaleMs)]
    public void Task_ThatDerivesFromNoTaskClass_IsRefused(string engine) =>
        TestHost.RunOnce(engine, "context bare", "--target=Clean").Ended(1).Called().Printed("FrostingTask");

    [Theory]
    [InlineData(Engines.Cake)]
    [InlineData(Engines.ScaleMs)]
    public void Task_ThatCannotBeMade_FailsWithOne(string engine) =>
        TestHost.RunOnce(engine, "context constructor-fails", "--target=Clean").Ended(1).Called().Printed("cannot be made");
}
