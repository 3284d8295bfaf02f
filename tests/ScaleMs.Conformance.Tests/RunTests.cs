using Cake.Core;
using Cake.Core.Diagnostics;
using Xunit;

namespace ScaleMs.Conformance.Tests;

/// <summary>Dry runs, verbosity, engines that are asked twice, and what is wrong with the call itself.</summary>
public sealed class RunTests
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task DryRun_ListsTasksAndCallsNone(bool exclusive)
    {
        var both = await Engines.AgreeAsync(Everything, new Asked("all") { DryRun = true, Exclusive = exclusive });
        Assert.Equal(["setup", "teardown"], both.Said);
    }

    [Fact]
    public Task DryRun_OfSeveralTargets_ListsTheirTasks() => Engines.AgreeAsync(Everything, new Asked("all", "bad") { DryRun = true });

    [Theory]
    [InlineData(Verbosity.Quiet)]
    [InlineData(Verbosity.Minimal)]
    [InlineData(Verbosity.Normal)]
    [InlineData(Verbosity.Verbose)]
    [InlineData(Verbosity.Diagnostic)]
    public Task Verbosity_OfAnyLevel_TellsTheSame(Verbosity verbosity) => Engines.AgreeAsync(Everything, new Asked("all") { Verbosity = verbosity });

    [Theory]
    [InlineData(Verbosity.Quiet)]
    [InlineData(Verbosity.Normal)]
    public Task Verbosity_OfAFailure_TellsTheSame(Verbosity verbosity) => Engines.AgreeAsync(Everything, new Asked("bad") { Verbosity = verbosity });

    [Fact]
    public Task Engine_AskedTwice_RunsTwice() => Engines.AgreeAsync(
        build =>
        {
            Everything(build);
            build.Recording.Add(build.Host.RunTarget("part"));
        },
        "all");

    [Fact]
    public Task Engine_AskedAgainAfterAFailure_RunsAgain() => Engines.AgreeAsync(
        build =>
        {
            Everything(build);
            Assert.Throws<CakeReportException>(() => build.Host.RunTarget("bad"));
        },
        "all");

    /// <summary>A task may run another target of its own engine.</summary>
    [Fact]
    public Task Engine_AskedFromATask_RunsInside() => Engines.AgreeAsync(
        build =>
        {
            build.Task("inner");
            build.Host.Task("all").Does(() => build.Host.RunTarget("inner"));
        },
        "all");

    [Fact]
    public Task Tasks_AddedBetweenRuns_AreKnown() => Engines.AgreeAsync(
        build =>
        {
            build.Task("part");
            build.Recording.Add(build.Host.RunTarget("part"));
            build.Task("all").IsDependentOn("part");
        },
        "all");

    [Theory]
    [InlineData("")]
    [InlineData("  ")]
    [InlineData(null)]
    public Task Task_WithoutAName_IsRefusedEachTime(string? name) => Engines.AgreeAsync(
        build =>
        {
            for (var i = 0; i < 2; i++)
            {
                build.Say(Recording.Told(Record.Exception(() => build.Host.Task(name!))));
            }

            build.Task("all");
        },
        "all");

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Call_WithoutSettingsOrStrategy_IsRefusedAlike(bool hasSettings)
    {
        async Task<string> RefusalAsync(ICakeEngine engine, Recording recording)
        {
            var context = new TestContext(new RecordedLog(recording), new CakeDataService(), "/", new CakeArguments(Array.Empty<string>().ToLookup(name => name)));
            return Recording.Told(await Record.ExceptionAsync(() => engine.RunTargetAsync(context, null!, hasSettings ? new ExecutionSettings().SetTarget("all") : null!)));
        }

        var recording = new Recording();
        Assert.Equal(
            await RefusalAsync(new CakeEngine(new CakeDataService(), new RecordedLog(recording)), recording),
            await RefusalAsync(new ScaleMsEngine(new CakeDataService(), new RecordedLog(recording)), recording));
    }

    private static void Everything(Build build)
    {
        build.Host.Setup(_ => build.Say("setup"));
        build.Host.Teardown(_ => build.Say("teardown"));
        build.Task("part");
        build.Task("left").WithCriteria(false, "out");
        build.Host.Task("gather").IsDependentOn("part").IsDependentOn("left");
        build.Failing("weak").ContinueOnError();
        build.Task("all").IsDependentOn("gather").IsDependentOn("weak").Finally(() => build.Say("finally"));
        build.Failing("bad").IsDependentOn("part").ReportError(_ => build.Say("reported"));
    }
}
