using Cake.Core;
using Xunit;

namespace ScaleMs.Conformance.Tests;

/// <summary>Data that the setup makes and everything after it is given; actions of every kind.</summary>
public sealed class DataTests
{
    private static readonly string[] Items = ["one", "two"];

    [Fact]
    public async Task Data_OfTheSetup_ReachesEveryHandler()
    {
        var both = await Engines.AgreeAsync(
            build =>
            {
                build.Host.Setup(_ => new Facts("data"));
                build.Host.TaskSetup<Facts>((context, facts) => build.Say($"before {context.Task.Name} {facts.Text}"));
                build.Host.TaskTeardown<Facts>((context, facts) => build.Say($"after {context.Task.Name} {facts.Text}"));
                build.Host.Teardown<Facts>((_, facts) => build.Say($"teardown {facts.Text}"));
                build.Host.TaskOf<Facts>("part")
                    .WithCriteria((_, facts) => facts.Text.Length > 0)
                    .Does((_, facts) => build.Say($"part {facts.Text}"))
                    .Does((_, facts) => Build.Throw(facts.Text))
                    .OnError((exception, _, facts) => build.Say($"handled {exception.Message} {facts.Text}"))
                    .Finally((_, facts) => build.Say($"finally {facts.Text}"));
                build.Host.Task("all").IsDependentOn("part").Does<Facts>(facts => build.Say($"all {facts.Text}"));
            },
            "all");
        Assert.Equal(
            ["before part data", "part data", "handled data failed data", "finally data", "after part data", "before all data", "all data", "after all data", "teardown data"], both.Said);
    }

    [Fact]
    public Task Data_OfTwoKinds_AreKeptApart() => Engines.AgreeAsync(
        build =>
        {
            build.Host.Setup(_ => new Facts("facts"));
            build.Host.Setup(_ => new Other(3));
            build.Host.Task("all").Does<Facts>(facts => build.Say(facts.Text)).Does<Other>(other => build.Say($"{other.Count}"));
        },
        "all");

    [Fact]
    public Task Data_OfOneKindTwice_IsRefusedAlike() => Engines.AgreeAsync(
        build =>
        {
            build.Host.Setup(_ => new Facts("one"));
            build.Host.Setup(_ => new Facts("two"));
        },
        "all");

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    public Task Data_ThatNobodySetUp_IsRefusedBeforeTheRun(int what) => Engines.AgreeAsync(
        build =>
        {
            build.Task("all");
            Action[] registrations =
            [
                () => build.Host.Teardown<Facts>((_, _) => { }), () => build.Host.TaskSetup<Facts>((_, _) => { }), () => build.Host.TaskTeardown<Facts>((_, _) => { }),
            ];
            registrations[what]();
        },
        "all");

    [Fact]
    public Task Data_ThatATaskAsksForInVain_FailsTheTask() => Engines.AgreeAsync(build => build.Host.Task("all").Does<Facts>(_ => build.Say("not reached")), "all");

    [Fact]
    public Task Data_SetupThrows_NoneIsThere() => Engines.AgreeAsync(
        build =>
        {
            build.Host.Setup<Facts>(_ => throw new InvalidOperationException("setup failed"));
            build.Host.Teardown<Facts>((_, facts) => build.Say($"teardown {facts.Text}"));
            build.Task("all");
        },
        "all");

    [Fact]
    public async Task Actions_Several_RunInOrder()
    {
        var both = await Engines.AgreeAsync(
            build => build.Host.Task("all")
                .Does(() => build.Say("plain"))
                .Does(context => build.Say($"context {context == build.Context}"))
                .Does(async () =>
                {
                    await Task.Yield();
                    build.Say("async");
                })
                .Does(async context =>
                {
                    await Task.Delay(1);
                    build.Say($"async context {context == build.Context}");
                })
                .Does(() => build.Say("last")),
            "all");
        Assert.Equal(["plain", "context True", "async", "async context True", "last"], both.Said);
    }

    [Fact]
    public Task Actions_AsyncThatFails_FailsTheTask() => Engines.AgreeAsync(
        build => build.Host.Task("all").Does(async () =>
        {
            await Task.Yield();
            Build.Throw("async");
        }),
        "all");

    [Fact]
    public async Task DoesForEach_OfAList_RunsForEachItem()
    {
        var both = await Engines.AgreeAsync(build => build.Host.Task("all").DoesForEach(Items, item => build.Say(item)), "all");
        Assert.Equal(Items, both.Said);
    }

    [Fact]
    public async Task DoesForEach_OfAFunction_IsAskedWhenTheTaskRuns()
    {
        var both = await Engines.AgreeAsync(
            build =>
            {
                var items = new List<string>();
                build.Host.Task("make").Does(() => items.AddRange(Items));
                build.Host.Task("all").IsDependentOn("make").DoesForEach(() => items, (item, context) => build.Say($"{item} {context == build.Context}"));
            },
            "all");
        Assert.Equal(["one True", "two True"], both.Said);
    }

    [Fact]
    public Task DoesForEach_WithData_GetsBoth() => Engines.AgreeAsync(
        build =>
        {
            build.Host.Setup(_ => new Facts("data"));
            build.Host.Task("all").DoesForEach<Facts, string>(facts => [facts.Text, .. Items], (facts, item) => build.Say($"{facts.Text} {item}"));
        },
        "all");

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public Task DoesForEach_OneItemFails_OthersRunIfErrorsAreDeferred(bool defers) => Engines.AgreeAsync(
        build =>
        {
            var task = build.Host.Task("all").DoesForEach(() => Items, item =>
            {
                build.Say(item);
                Build.Throw(item);
            });
            if (defers)
            {
                task.DeferOnError();
            }
        },
        "all");

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public Task DoesForEach_TheItemsThrow_FailTheTask(bool isHandled) => Engines.AgreeAsync(
        build =>
        {
            var task = build.Host.Task("all").DoesForEach(Failing, item => build.Say(item)).Finally(() => build.Say("finally"));
            if (isHandled)
            {
                task.ContinueOnError();
            }
        },
        "all");

    [Fact]
    public Task DoesForEach_OfNothing_IsDelegated() => Engines.AgreeAsync(build => build.Host.Task("all").DoesForEach(() => Array.Empty<string>(), item => build.Say(item)), "all");

    private static IEnumerable<string> Failing() => throw new InvalidOperationException("no items");

    private sealed record Facts(string Text);

    private sealed record Other(int Count);
}
