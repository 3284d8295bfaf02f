using System.Diagnostics;
using ScaleMs.Core.Events;
using ScaleMs.Core.Model;
using ScaleMs.Core.Planning;
using ScaleMs.Reporting.Terminal;
using Xunit;

namespace ScaleMs.Reporting.Tests;

/// <summary>What is known of a run while very many steps run elsewhere.</summary>
public sealed class RunViewTests
{
    private static readonly DateTimeOffset Noon = new(2026, 3, 14, 12, 0, 0, TimeSpan.Zero);
    private static readonly Reason Why = new("never", "it never ran");

    [Fact]
    public void Running_KeepsTheOrderOfBeginning()
    {
        var view = new RunView();
        foreach (var number in new[] { 0, 1, 2, 1 })
        {
            view.Take(new RunEvent.StepStarted(Noon, Step(number), Why, 1, false));
        }

        view.Take(new RunEvent.StepProgressed(Noon, Step(2), new Progress(1, 2, "steps")));
        Assert.Equal([Step(0), Step(2), Step(1)], view.Running.Select(step => step.Id));
        Assert.Equal(1, view.Find(Step(2))!.Progress!.Done);
        Assert.Null(view.Find(Step(3)));
    }

    /// <summary>Looking through all that run for each event would take hours; the bound is for a machine that does much else.</summary>
    [Fact]
    public void Events_OfVeryManyRunningSteps_AreTakenOneByOne()
    {
        const int many = 300_000;
        var (view, begun) = (new RunView(), Stopwatch.GetTimestamp());
        for (var number = 0; number < many; number++)
        {
            Take(view, new RunEvent.StepStarted(Noon, Step(number), Why, 1, false), begun);
        }

        for (var number = many - 1; number >= 0; number--)
        {
            Take(view, new RunEvent.StepProgressed(Noon, Step(number), new Progress(1, 2, "steps")), begun);
        }

        Assert.Equal(many, view.Running.Count);
    }

    private static void Take(RunView view, RunEvent told, long begun)
    {
        view.Take(told);
        Assert.True(Stopwatch.GetElapsedTime(begun) < TimeSpan.FromMinutes(1), $"only {view.Running.Count} steps were taken in a minute");
    }

    private static StepId Step(int number) => new("simulate", "mdrun", $"n={number}");
}
