using ScaleMs;
using ScaleMs.Core.Faults;
using ScaleMs.Testing;
using Xunit;

namespace Starter_Recipe.Tests;

/// <summary>In memory: a disk, a store and tools that make of what they read something else. No process is started.</summary>
public sealed class CountTests
{
    private static readonly CountOptions Options = new() { Texts = [new SourceFile("carbon.txt"), new SourceFile("iron.txt")] };

    [Fact]
    public void Count_RunTwice_SecondRunExecutesNothing()
    {
        var study = Study(steps => steps.Use("words", new Count(Options)));
        study.Run().Executed("workflow/words.count[text=carbon.txt]", "workflow/words.count[text=iron.txt]", "workflow/words.list");
        study.Run().ExecutesNothing();
    }

    [Fact]
    public void Count_UsedTwice_StepsDoNotCollide()
    {
        var study = Study(steps =>
        {
            steps.Use("all", new Count(Options));
            steps.Use("first", new Count(Options with { Longest = 1 }));
        });
        Assert.Contains("workflow/first.list", study.Run().ExecutedSteps);
        study.Run().ExecutesNothing();
    }

    [Fact]
    public void Count_OfNone_IsAFault() =>
        Assert.Throws<FaultException>(() => Study(steps => steps.Use("words", new Count(Options with { Longest = 0 }))).Run());

    private static WorkflowTest Study(Action<StepBuilder> define) =>
        WorkflowTest.Of(define).Holds("carbon.txt", "one two three").Holds("iron.txt", "one two");
}
