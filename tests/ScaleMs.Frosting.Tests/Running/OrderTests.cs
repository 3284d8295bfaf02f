using Xunit;

namespace ScaleMs.Frosting.Tests.Running;

/// <summary>What is called in a run, and in which order.</summary>
public sealed class OrderTests
{
    [Theory]
    [InlineData(Engines.Cake)]
    [InlineData(Engines.ScaleMs)]
    public void Run_OfATarget_CallsEverythingInCakesOrder(string engine) =>
        TestHost.RunOnce(engine, "context lifetime task-lifetime", "--target=package").Ended(0).Called(
            "setup Package: Clean Build Test Sign Package",
            "before Clean", "run Clean", "after Clean",
            "asked Build", "before Build", "run Build", "finally Build", "after Build",
            "before Test", "run Test", "after Test",
            "before Sign", "run Sign", "after Sign",
            "before Package", "run Package", "after Package",
            "teardown successful");

    [Theory]
    [InlineData(Engines.Cake)]
    [InlineData(Engines.ScaleMs)]
    public void Run_WithoutATarget_IsOfDefault(string engine) => TestHost.RunOnce(engine, "context").Ended(0)
        .Called("run Clean", "asked Build", "run Build", "finally Build", "run Test", "run Sign", "run Package");

    [Theory]
    [InlineData(Engines.Cake)]
    [InlineData(Engines.ScaleMs)]
    public void Targets_ThatShareADependency_RunItOnceInTheOrderGiven(string engine) => TestHost.RunOnce(engine, "context lifetime", "-t", "docs", "--target=TEST").Ended(0)
        .Called("setup Docs: Clean Build Docs Test", "run Clean", "asked Build", "run Build", "finally Build", "run Docs", "run Test", "teardown successful");

    [Theory]
    [InlineData(Engines.Cake)]
    [InlineData(Engines.ScaleMs)]
    public void Exclusive_Target_LeavesItsDependenciesOut(string engine) =>
        TestHost.RunOnce(engine, "context task-lifetime", "--target=Test", "--exclusive").Ended(0).Called("before Test", "run Test", "after Test");

    [Theory]
    [InlineData(Engines.Cake)]
    [InlineData(Engines.ScaleMs)]
    public void SetupAndTeardown_AsClassesOfTheirOwn_AreCalledAsTheLifetimesAre(string engine) =>
        TestHost.RunOnce(engine, "context setup teardown task-setup task-teardown", "--target=Docs", "-e").Ended(0)
            .Called("setup alone", "before Docs alone", "run Docs", "after Docs alone", "teardown alone");

    [Theory]
    [InlineData(Engines.Cake)]
    [InlineData(Engines.ScaleMs)]
    public void Lifetime_RegisteredLast_IsUsed(string engine) =>
        TestHost.RunOnce(engine, "context setup lifetime teardown", "--target=Clean").Ended(0).Called("setup Clean: Clean", "run Clean", "teardown alone");

    [Theory]
    [InlineData(Engines.Cake)]
    [InlineData(Engines.ScaleMs)]
    public void Task_WithoutWork_IsSkippedWithItsMessage(string engine) => TestHost.RunOnce(engine, "context task-lifetime", "--target=AfterSkipped").Ended(0)
        .Called("asked Skipped", "before Skipped", "after Skipped skipped", "before AfterSkipped", "run AfterSkipped", "after AfterSkipped")
        .Printed("nothing new");

    [Theory]
    [InlineData(Engines.Cake)]
    [InlineData(Engines.ScaleMs)]
    public void Target_WithoutWork_CannotBeReached(string engine) => TestHost.RunOnce(engine, "context lifetime task-lifetime", "--target=Skipped").Ended(1)
        .Called("setup Skipped: Skipped", "asked Skipped", "teardown Could not reach target 'Skipped' since it was skipped due to a criteria: nothing new.")
        .Printed("Error: Could not reach target 'Skipped' since it was skipped due to a criteria: nothing new.");

    [Theory]
    [InlineData(Engines.Cake)]
    [InlineData(Engines.ScaleMs)]
    public void Tasks_OfAnotherAssembly_AreFound(string engine) =>
        TestHost.RunOnce(engine, "context lifetime assembly", "--target=Other").Ended(0).Called("setup Other: Other", "teardown successful");

    [Fact]
    public void UseScaleMs_Twice_IsAsOnce() =>
        TestHost.RunOnce(Engines.ScaleMs, "scalems steps", "--target=merge").Ended(0).Called("asked split", "define split", "define merge", "run fetch");

    [Theory]
    [InlineData(Engines.Cake, "run Hidden")]
    [InlineData(Engines.ScaleMs, "run Hidden TellTask")]
    public void Tasks_RegisteredAsServices_AreFound_AndOursTakeOthers(string engine, string told) =>
        TestHost.RunOnce(engine, "context hidden", "--target=Hidden").Ended(0).Called(told);

    [Theory]
    [InlineData(Engines.Cake)]
    [InlineData(Engines.ScaleMs)]
    public void Task_WithItsWorkInAClassBetween_RunsIt(string engine) =>
        TestHost.RunOnce(engine, "context derived", "--target=Derived").Ended(0).Called("run Derived");

    [Theory]
    [InlineData(Engines.Cake)]
    [InlineData(Engines.ScaleMs)]
    public void Task_ThatWantsAnotherContext_IsLeftOut(string engine) => TestHost.RunOnce(engine, "context stranger", "--target=Clean").Ended(0)
        .Called("run Clean").Printed("Task cannot be used since the context isn't convertible to ScaleMs.Frosting.Host.Steps.StepContext.");
}
