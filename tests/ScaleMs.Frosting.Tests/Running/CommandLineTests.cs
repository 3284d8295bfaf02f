using Xunit;

namespace ScaleMs.Frosting.Tests.Running;

/// <summary>What the host reads of its command line and configuration, and what it hands on.</summary>
public sealed class CommandLineTests
{
    [Theory]
    [InlineData(Engines.Cake)]
    [InlineData(Engines.ScaleMs)]
    public void Arguments_TheHostDoesNotKnow_ReachTheContext(string engine)
    {
        var told = TestHost.RunOnce(engine, "context module", "--target=Tell", "--name=a", "--name=b", "--flag").Ended(0).Told;
        Assert.Superset(new HashSet<string> { "argument target = Tell", "argument name = a,b", "argument flag = ", "greeting module" }, told.ToHashSet());
    }

    [Theory]
    [InlineData(Engines.Cake)]
    [InlineData(Engines.ScaleMs)]
    public void Startup_RegistersContextAndServices(string engine) => Assert.Contains("greeting startup", TestHost.RunOnce(engine, "startup", "--target=Tell").Ended(0).Told);

    [Theory]
    [InlineData(Engines.Cake, "setting red")]
    [InlineData(Engines.ScaleMs, "setting red")]
    [InlineData(Engines.Cake, "setting blue", "--host_colour=blue")]
    [InlineData(Engines.ScaleMs, "setting blue", "--host_colour=blue")]
    public void Setting_OfTheHost_IsWhatTheCommandLineDoesNotSay(string engine, string expected, params string[] more) =>
        Assert.Contains(expected, TestHost.RunOnce(engine, "context setting=green setting=red", ["--target=Tell", .. more]).Ended(0).Told);

    [Theory]
    [InlineData("verbosity Normal")]
    [InlineData("verbosity Diagnostic", "--verbosity=diagnostic")]
    [InlineData("verbosity Quiet", "-v", "Quiet")]
    [InlineData("verbosity Verbose", "--settings_verbosity=verbose")]
    [InlineData("verbosity Quiet", "--settings_verbosity=verbose", "-v", "quiet")]
    public void Verbosity_ComesFromItsOption_ThenFromTheConfiguration(string expected, params string[] arguments) =>
        Assert.Contains(expected, TestHost.RunOnce(Engines.Cake, "context", ["--target=Tell", .. arguments]).Ended(0).Told);

    [Fact]
    public void Configuration_InTheWorkingDirectory_IsReadThere()
    {
        using var host = new TestHost();
        var sub = Directory.CreateDirectory(Path.Combine(host.Workspace, "sub"));
        File.WriteAllText(Path.Combine(sub.FullName, "cake.config"), "[Settings]\nVerbosity=Verbose\n[Host]\nColour=yellow\n");
        var told = host.Run(Engines.Cake, "context setting=red working=sub", "--target=Tell").Ended(0).Told;
        Assert.Superset(new HashSet<string> { "directory sub", "verbosity Verbose", "setting yellow" }, told.ToHashSet());
    }

    [Theory]
    [InlineData(Engines.Cake)]
    [InlineData(Engines.ScaleMs)]
    public void WorkingDirectory_OfTheCommandLine_WinsOverTheHosts(string engine) =>
        Assert.Contains("directory workspace", TestHost.RunOnce(engine, "context working=sub", "--target=Tell", "--working=.").Ended(0).Told);

    [Theory]
    [InlineData(Engines.Cake)]
    [InlineData(Engines.ScaleMs)]
    public void WorkingDirectory_ThatIsNotThere_IsTold(string engine) =>
        TestHost.RunOnce(engine, "context working=sub", "--target=Tell").Ended(1).Called().Printed("workspace/sub' does not exist.");

    [Theory]
    [InlineData(Engines.Cake)]
    [InlineData(Engines.ScaleMs)]
    public void DryRun_NamesTheTasksInOrder_AndRunsNone(string engine)
    {
        var run = TestHost.RunOnce(engine, "context task-lifetime", "--target=Docs", "--dryrun").Ended(0).Called();
        Assert.Equal(["1. Clean", "2. Docs"], run.Output.Split('\n').Select(line => line.Trim()).Where(line => line.Contains(". ", StringComparison.Ordinal)));
    }

    [Theory]
    [InlineData(Engines.Cake)]
    [InlineData(Engines.ScaleMs)]
    public void Tree_ShowsWhatDependsOnWhat(string engine) =>
        TestHost.RunOnce(engine, "context lifetime", "--tree").Ended(0).Called().Printed("Docs\n└─Clean");

    [Theory]
    [InlineData(Engines.Cake)]
    [InlineData(Engines.ScaleMs)]
    public void Description_ListsTasksAndWhatTheyAreFor(string engine) =>
        TestHost.RunOnce(engine, "context lifetime", "--description").Ended(0).Called().Printed("Removes what was built").Printed("AfterSkipped");

    [Fact]
    public void NoReport_LeavesTheTableOut()
    {
        TestHost.RunOnce(Engines.Cake, "context", "--target=Clean").Ended(0).Printed("Total:");
        Assert.DoesNotContain("Total:", TestHost.RunOnce(Engines.Cake, "context", "--target=Clean", "--no-report").Ended(0).Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--help", "--exclusive")]
    [InlineData("--version", "")]
    [InlineData("--info", "Details: ")]
    public void Questions_AboutTheHost_RunNothing(string option, string expected) =>
        TestHost.RunOnce(Engines.Cake, "context lifetime", option).Ended(0).Called().Printed(expected);

    [Fact]
    public void Option_WithABadValue_IsRefusedBeforeAnythingIsMade()
    {
        var run = TestHost.RunOnce(Engines.Cake, "context", "--target=Tell", "--verbosity=loud").Ended(255).Printed("loud");
        Assert.Empty(run.Told);
    }
}
