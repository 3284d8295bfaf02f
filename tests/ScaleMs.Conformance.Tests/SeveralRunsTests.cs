using Cake.Core;
using ScaleMs.Scripting;
using Xunit;

namespace ScaleMs.Conformance.Tests;

/// <summary>Scripts that run several targets, one after the other.</summary>
[Collection(ConsoleCollection.Name)]
public sealed class SeveralRunsTests
{
    /// <summary>The script looks once; what it found wrong is as wrong for the second run.</summary>
    [Fact]
    public async Task Sources_ThatNameNoFile_AreToldOnceByEachRun()
    {
        var ours = await Engines.OursAsync(
            build =>
            {
                build.Context.Sources("none/*.txt");
                AddEcho(build, "one");
                AddEcho(build, "two");
                Try(build, "one");
                Try(build, "two");
            },
            new Asked("one", "two"));
        Assert.Equal(2, ours.Said.Count());
        Assert.All(ours.Said.Append(ours.Of("threw ").Single()), told => Assert.Equal(1, told.Split("'none/*.txt'").Length - 1));
    }

    /// <summary>A pattern that meets an output is found out by the second run too.</summary>
    [Fact]
    public async Task Sources_ThatMeetAnOutput_AreToldByTheRunThatMakesIt()
    {
        var ours = await Engines.OursAsync(
            build =>
            {
                build.Context.Sources("*.out", allowNone: true);
                AddEcho(build, "one");
                build.Context.Step("two").Command("echo", "two").OutputTo("two.out").Outputs("two.out");
                Try(build, "one");
            },
            new Asked("two"));
        Assert.Equal(["one done"], ours.Said);
        Assert.Contains("two.out", ours.Of("threw ").Single(), StringComparison.Ordinal);
    }

    /// <summary>What a task looks for when it runs is its own affair.</summary>
    [Fact]
    public async Task Sources_ThatATaskLooksFor_AreNoFaultOfTheNextRun()
    {
        var ours = await Engines.OursAsync(
            build =>
            {
                AddEcho(build, "one");
                build.Host.Task("look").IsDependentOn("one").Does(() => build.Say($"{build.Context.Sources("none/*.txt").Count} files"));
                Try(build, "look");
            },
            new Asked("one"));
        Assert.Equal(["0 files", "look done"], ours.Said);
        Assert.Equal("0", ours.Of("exit ").Single());
    }

    private static void AddEcho(Build build, string name)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "the steps run POSIX programs");
        build.Context.Step(name).Command("echo", name).OutputTo($"{name}.txt").Outputs($"{name}.txt");
    }

    private static void Try(Build build, string target)
    {
        try
        {
            build.Host.RunTarget(target);
            build.Say($"{target} done");
        }
        catch (CakeException exception)
        {
            build.Say(Recording.Told(exception));
        }
    }
}
