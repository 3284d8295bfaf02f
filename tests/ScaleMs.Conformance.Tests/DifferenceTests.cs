using System.Text.RegularExpressions;
using Cake.Common;
using Cake.Core;
using Xunit;

namespace ScaleMs.Conformance.Tests;

/// <summary>Where ours differs from Cake's engine on purpose: both behaviours. The table is in docs/cake.md, "What differs from Cake's own engine".</summary>
public sealed partial class DifferenceTests
{
    [Fact]
    public async Task UnknownTarget_IsToldWithTheNearestName()
    {
        var (cake, ours) = await Engines.EachAsync(build => build.Task("compile"), new Asked("compiled"));
        Assert.Equal("CakeException: The target 'compiled' was not found.", cake.Of("threw ").Single());
        Assert.Equal(["CakeException", "SMS2001"], Told(ours));
        Assert.Contains("there is no target 'compiled'", ours.ToString(), StringComparison.Ordinal);
        Assert.Contains("use 'compile'", ours.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task UnknownNames_AreAllToldAtOnce()
    {
        var (cake, ours) = await Engines.EachAsync(
            build =>
            {
                build.Host.Setup(_ => build.Say("setup"));
                build.Task("all").IsDependentOn("absent").IsDependeeOf("missing");
                build.Task("unrelated").IsDependentOn("gone");
            },
            new Asked("all", "nothing"));
        Assert.Equal("CakeException: Task 'all' is dependent on task 'absent' which does not exist.", cake.Of("threw ").Single());
        Assert.Equal(["CakeException", "SMS1016", "SMS1016", "SMS1016", "SMS2001"], Told(ours));
        Assert.Empty(cake.Said.Concat(ours.Said));
    }

    [Fact]
    public async Task DuplicateName_IsRefusedInOtherWords()
    {
        var (cake, ours) = await Engines.EachAsync(
            build =>
            {
                build.Task("all");
                build.Task("ALL");
            },
            new Asked("all"));
        Assert.Equal("CakeException: Another task with the name 'ALL' has already been added.", cake.Of("threw ").Single());
        Assert.Equal("CakeException: There are two tasks called 'ALL': give one another name.", ours.Of("threw ").Single());
    }

    [Fact]
    public async Task Circle_IsToldAsItsPathBeforeAnythingRuns()
    {
        var (cake, ours) = await Engines.EachAsync(
            build =>
            {
                build.Host.Setup(_ => build.Say("setup"));
                build.Host.Teardown(_ => build.Say("teardown"));
                build.Task("a").IsDependentOn("b");
                build.Task("b").IsDependentOn("c");
                build.Task("c").IsDependentOn("a");
                build.Task("all").IsDependentOn("a");
            },
            new Asked("all"));
        Assert.Equal("CakeReportException: Graph contains circular references. <- CakeException: Graph contains circular references.", cake.Of("threw ").Single());
        Assert.Equal(["teardown"], cake.Said);
        Assert.Equal(["CakeException", "SMS1006"], Told(ours));
        Assert.Contains("a → b → c → a", ours.ToString(), StringComparison.Ordinal);
        Assert.Empty(ours.Said);
    }

    /// <summary>Of several targets, each for itself, Cake finds a circle when it comes to its target.</summary>
    [Fact]
    public async Task Circle_OfALaterTarget_StopsTheFirstToo()
    {
        var (cake, ours) = await Engines.EachAsync(
            build =>
            {
                build.Task("first");
                build.Task("a").IsDependentOn("b");
                build.Task("b").IsDependentOn("c");
                build.Task("c").IsDependentOn("a");
            },
            new Asked("first", "a") { EachForItself = true });
        Assert.Equal(["first"], cake.Said);
        Assert.Empty(ours.Said);
        Assert.Equal(["CakeException", "SMS1006"], Told(ours));
    }

    [Fact]
    public Task Circle_OutsideTheClosure_IsNobodysConcern() => Engines.AgreeAsync(
        build =>
        {
            build.Task("all");
            build.Task("a").IsDependentOn("b");
            build.Task("b").IsDependentOn("c");
            build.Task("c").IsDependentOn("a");
        },
        "all");

    /// <summary>Wherever they are: both refuse, ours with both names.</summary>
    [Theory]
    [InlineData("a", "a")]
    [InlineData("b", "a")]
    public async Task Circle_OfOneOrTwoTasks_IsRefusedOutsideTheClosureToo(string before, string after)
    {
        var (cake, ours) = await Engines.EachAsync(
            build =>
            {
                build.Task("all");
                build.Task("a").IsDependentOn(before);
                build.Task("b").IsDependentOn(after);
            },
            new Asked("all"));
        Assert.StartsWith("CakeException: ", cake.Of("threw ").Single(), StringComparison.Ordinal);
        Assert.Equal(["CakeException", "SMS1006"], Told(ours));
    }

    /// <summary>The names of our options are the build's own where nothing in it has steps.</summary>
    [Fact]
    public Task Options_OfABuildWithoutSteps_AreItsOwn() => Engines.AgreeAsync(
        build =>
        {
            build.Host.Task("all").Does(context => build.Say($"{context.Argument<string>("plan")} {context.Argument<string>("summary")}"));
            build.Task("unneeded");
        },
        new Asked("all")
        {
            UnderModule = true,
            Arguments = [.. OptionTable.ScaleMs.Where(option => option.Name != "parallel").SelectMany(option => option.Aliases.Prepend(option.Name)).Select(name => KeyValuePair.Create(name, $"own {name}"))],
        });

    /// <summary>Where something has, they are ours for each target.</summary>
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Plan_OfATargetWithoutSteps_ExecutesNothing(bool hasSteps)
    {
        var ours = await Engines.OursAsync(
            build =>
            {
                build.Task("all");
                if (hasSteps)
                {
                    build.Context.AddWorkflow<WriteContext>(build.Host.Task);
                }
            },
            new Asked("all") { Arguments = [KeyValuePair.Create("plan", "true")] });
        Assert.Equal(hasSteps ? [] : ["all"], ours.Said);
    }

    [Fact]
    public async Task NoTarget_IsRefusedInOtherWords()
    {
        var (cake, ours) = await Engines.EachAsync(build => build.Task("all"), new Asked());
        Assert.Equal("ArgumentException: No target specified. (Parameter 'settings')", cake.Of("threw ").Single());
        Assert.Equal("ArgumentException: There is no target to run: name one. (Parameter 'settings')", ours.Of("threw ").Single());
    }

    /// <summary>The exception's type and the codes of the faults that it holds.</summary>
    private static IEnumerable<string> Told(Recording ours)
    {
        var thrown = ours.Of("threw ").Single();
        return Code().Matches(thrown).Select(code => code.Value).Prepend(thrown.Split(':')[0]);
    }

    [GeneratedRegex(@"SMS\d+")]
    private static partial Regex Code();
}
