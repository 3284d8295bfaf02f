using Cake.Core;
using Xunit;

namespace ScaleMs.Conformance.Tests;

/// <summary>Tasks that are skipped, and what it does to others.</summary>
public sealed class CriteriaTests
{
    [Fact]
    public async Task Criteria_SaysNo_TaskIsSkippedAndItsDependentRuns()
    {
        var both = await Engines.AgreeAsync(
            build =>
            {
                build.Task("part").WithCriteria(false, "not today");
                build.Task("all").IsDependentOn("part");
            },
            "all");
        Assert.Equal(["all"], both.Said);
        Assert.Contains("part Task Skipped 'not today' took none", both.Report);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("  ")]
    [InlineData("why not")]
    public Task Criteria_WithAnyMessage_IsToldAlike(string? message) => Engines.AgreeAsync(
        build =>
        {
            build.Task("part").WithCriteria(_ => false, message!);
            build.Task("all").IsDependentOn("part");
        },
        "all");

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("why not")]
    public Task Criteria_OfTheTarget_FailsTheRun(string? message) => Engines.AgreeAsync(
        build =>
        {
            build.Task("part");
            build.Task("all").IsDependentOn("part").WithCriteria(_ => false, message!);
            build.Host.Teardown(context => build.Say($"teardown {context.ThrownException?.Message}"));
        },
        "ALL");

    [Fact]
    public async Task Criteria_Several_AreAskedUpToTheFirstNo()
    {
        var both = await Engines.AgreeAsync(
            build =>
            {
                build.Task("part").WithCriteria(() => Said(build, true)).WithCriteria(_ => Said(build, false), "second").WithCriteria(() => Said(build, true), "third");
                build.Task("all").IsDependentOn("part");
            },
            "all");
        Assert.Equal(["asked True", "asked False", "all"], both.Said);
    }

    [Fact]
    public Task Criteria_WithContext_GetsTheRunsOwn() => Engines.AgreeAsync(
        build => build.Task("all").WithCriteria(context => Said(build, context == build.Context)), "all");

    [Fact]
    public Task Criteria_AreAskedWhenTheTaskIsDue() => Engines.AgreeAsync(
        build =>
        {
            var isMade = false;
            build.Task("make").Does(() => isMade = true);
            build.Task("use").IsDependentOn("make").WithCriteria(() => isMade);
        },
        "use");

    [Fact]
    public Task Criteria_Throws_EndsTheRun() => Engines.AgreeAsync(
        build =>
        {
            build.Task("part").WithCriteria(() => throw new InvalidOperationException("criteria failed")).OnError(() => build.Say("handled")).Finally(() => build.Say("finally"));
            build.Task("all").IsDependentOn("part");
            build.Host.TaskSetup(context => build.Say($"setup {context.Task.Name}"));
            build.Host.Teardown(context => build.Say($"teardown {context.ThrownException?.Message}"));
        },
        "all");

    [Theory]
    [InlineData(false, "a", "b")]
    [InlineData(true, "a", "b")]
    [InlineData(true, "b", "a")]
    [InlineData(false, "b", "a")]
    public Task Criteria_OfOneOfSeveralTargets_IsAsCakeHasIt(bool each, params string[] targets) => Engines.AgreeAsync(
        build =>
        {
            build.Task("a").IsDependentOn("b");
            build.Task("b").WithCriteria(false, "never");
        },
        new Asked(targets) { EachForItself = each });

    [Fact]
    public Task Criteria_OfTheTarget_Exclusive_FailsTheRun() => Engines.AgreeAsync(
        build => build.Task("all").WithCriteria(false), new Asked("all") { Exclusive = true });

    [Fact]
    public Task Skipped_TaskWithSetupAndTeardown_HasBoth() => Engines.AgreeAsync(
        build =>
        {
            build.Task("part").WithCriteria(false, "never").Finally(() => build.Say("finally"));
            build.Task("all").IsDependentOn("part");
            build.Host.TaskSetup(context => build.Say($"setup {context.Task.Name}"));
            build.Host.TaskTeardown(context => build.Say($"teardown {context.Task.Name} {context.Skipped}"));
        },
        "all");

    [Fact]
    public Task Skipped_DelegatedTask_IsSkipped() => Engines.AgreeAsync(
        build =>
        {
            build.Host.Task("part").WithCriteria(false, "never");
            build.Task("all").IsDependentOn("part");
        },
        "all");

    private static bool Said(Build build, bool answer)
    {
        build.Say($"asked {answer}");
        return answer;
    }
}
