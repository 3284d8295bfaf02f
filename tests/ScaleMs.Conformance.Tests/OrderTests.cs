using Cake.Core;
using Xunit;

namespace ScaleMs.Conformance.Tests;

/// <summary>In which order the tasks of a target's closure run.</summary>
public sealed class OrderTests
{
    [Fact]
    public async Task Closure_OfADiamond_RunsEachTaskOnceInDeclaredOrder()
    {
        var both = await Engines.AgreeAsync(Diamond, "all");
        Assert.Equal(["c", "a", "b", "all"], both.Said);
    }

    [Fact]
    public async Task Closure_IsDepthFirst_NotByLevels()
    {
        var both = await Engines.AgreeAsync(
            build =>
            {
                build.Task("all").IsDependentOn("a").IsDependentOn("b");
                build.Task("b");
                build.Task("a").IsDependentOn("a1");
                build.Task("a1").IsDependentOn("a2");
                build.Task("a2");
            },
            "all");
        Assert.Equal(["a2", "a1", "a", "b", "all"], both.Said);
    }

    [Fact]
    public Task Closure_TaskOutsideIt_DoesNotRun() => Engines.AgreeAsync(Diamond, "a");

    [Theory]
    [InlineData("ALL")]
    [InlineData("All")]
    public async Task Names_InAnotherCase_AreTheSame(string target)
    {
        var both = await Engines.AgreeAsync(
            build =>
            {
                build.Task("all").IsDependentOn("PART").IsDependentOn("Other");
                build.Task("part");
                build.Task("other").IsDependeeOf("PART").IsDependeeOf("All");
            },
            target);
        Assert.Equal(["other", "part", "all"], both.Said);
    }

    /// <summary>Where a task comes among those that its dependent names itself is decided by where it was registered.</summary>
    [Fact]
    public async Task Dependees_BesideDependencies_ComeInOrderOfRegistration()
    {
        var both = await Engines.AgreeAsync(
            build =>
            {
                build.Task("late");
                build.Task("first").IsDependeeOf("all");
                build.Task("all").IsDependentOn("second").IsDependentOn("late");
                build.Task("second");
                build.Task("third").IsDependeeOf("all");
            },
            "all");
        Assert.Equal(["first", "second", "late", "third", "all"], both.Said);
    }

    [Fact]
    public Task Dependency_ToldTwiceInEachWay_CountsOnce() => Engines.AgreeAsync(
        build =>
        {
            build.Task("part").IsDependeeOf("all");
            build.Task("all").IsDependentOn("part").IsDependentOn("Part");
        },
        "all");

    /// <summary>Cake 7 runs the tasks of several targets by name, as far as dependencies allow, whatever the order of the targets.</summary>
    [Theory]
    [InlineData("b", "a")]
    [InlineData("a", "b")]
    [InlineData("a", "A", "B")]
    public async Task Targets_OfOneRun_ShareTheirTasks(params string[] targets)
    {
        var both = await Engines.AgreeAsync(Diamond, targets);
        Assert.Equal(["c", "a", "b"], both.Said);
    }

    [Fact]
    public Task Targets_OneInTheClosureOfAnother_RunOnce() => Engines.AgreeAsync(Diamond, "a", "all", "c");

    /// <summary>The same target twice is a run of several targets.</summary>
    [Theory]
    [InlineData("all", "ALL")]
    [InlineData("all")]
    public Task Targets_TheSameTwice_RunOnce(params string[] targets) => Engines.AgreeAsync(
        build =>
        {
            build.Task("all").IsDependentOn("z").IsDependentOn("a");
            build.Task("z");
            build.Task("a");
        },
        targets);

    [Theory]
    [InlineData(false, "b", "a")]
    [InlineData(true, "b", "a")]
    [InlineData(false, "all", "a", "all")]
    [InlineData(true, "a", "A")]
    public Task Targets_EachForItself_RunWhatTheyShareAgain(bool exclusive, params string[] targets) => Engines.AgreeAsync(
        build =>
        {
            build.Host.Setup(_ => build.Say("setup"));
            Diamond(build);
        },
        new Asked(targets) { Exclusive = exclusive, EachForItself = true });

    [Theory]
    [InlineData("m", "b", "k")]
    [InlineData("t10", "t2", "T1")]
    [InlineData("a-b", "ab", "a_b", "A.b", "a1")]
    public Task Targets_Several_RunByName(params string[] targets) => Engines.AgreeAsync(
        build => targets.ToList().ForEach(name => build.Task(name)), targets);

    [Fact]
    public async Task Exclusive_Target_RunsAlone()
    {
        var both = await Engines.AgreeAsync(Diamond, new Asked("all") { Exclusive = true });
        Assert.Equal(["all"], both.Said);
    }

    [Fact]
    public async Task Exclusive_Targets_RunAlone()
    {
        var both = await Engines.AgreeAsync(Diamond, new Asked("b", "c", "a") { Exclusive = true });
        Assert.Equal(["c", "a", "b"], both.Said);
    }

    [Fact]
    public Task Exclusive_TheSameTwice_RunsAsCakeDoes() => Engines.AgreeAsync(Diamond, new Asked("b", "B") { Exclusive = true });

    [Fact]
    public Task Task_WithoutCode_IsDelegated() => Engines.AgreeAsync(
        build =>
        {
            build.Host.Task("all").IsDependentOn("part");
            build.Task("part");
        },
        "all");

    [Fact]
    public Task Description_OfATask_IsSeenInTheTasks() => Engines.AgreeAsync(
        build =>
        {
            build.Task("a").Description("what it is for").IsDependentOn("B");
            build.Task("b").Description("another");
            foreach (var task in build.Host.Tasks)
            {
                build.Say($"{task.Name} {task.Description} {string.Join(',', task.Dependencies.Select(dependency => dependency.Name))}");
            }
        },
        "a");

    private static void Diamond(Build build)
    {
        build.Task("all").IsDependentOn("a").IsDependentOn("b");
        build.Task("b").IsDependentOn("c");
        build.Task("a").IsDependentOn("c");
        build.Task("c");
    }
}
