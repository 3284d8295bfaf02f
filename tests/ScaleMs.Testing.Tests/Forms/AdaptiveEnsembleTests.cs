using System.Globalization;
using Xunit;

namespace ScaleMs.Testing.Tests.Forms;

/// <summary>
/// Adaptive sampling over an ensemble: four walkers go on from where they were, each pushed by a file of its own, until all together have come
/// 80 far. With a push of 1 each that is after 20 iterations of at most 25.
/// </summary>
public sealed class AdaptiveEnsembleTests
{
    private const int Walkers = 4;
    private const int Enough = 80;
    private readonly WorkflowTest _study = WorkflowTest.Of(("sample", Sample)).Script("sample/walk", Walk).Script("sample/decide", Decide).Script("sample/report", Report);

    public AdaptiveEnsembleTests()
    {
        foreach (var iteration in Enumerable.Range(1, 25))
        {
            Enumerable.Range(1, Walkers).ToList().ForEach(walker => Push(iteration, walker, "1"));
        }

        _study.Run().Executed([.. Steps(1, 20, [1, 2, 3, 4])]);
    }

    [Fact]
    public void Loop_RunAgain_ExecutesNothing()
    {
        Assert.Equal((20 * (Walkers + 1)) + 1, _study.Host.Launcher.Launches.Count);
        _study.Run().ExecutesNothing();
    }

    /// <summary>What walker 2 is pushed by in iteration 12; the last iteration that there is then.</summary>
    [Theory]
    [InlineData("3", 20)]
    [InlineData("9", 18)]
    [InlineData("33", 12)]
    public void Loop_OneInputOfIterationTwelveEdited_RunsThatWalkerFromThereAndTheDecisions(string push, int last)
    {
        Push(12, 2, push);
        _study.Run().Executed([.. Steps(12, last, [2])]);
        Assert.Equal($"report after {last} iterations", _study.Text("report.txt"));
        Assert.Equal(Enumerable.Range(1, last), Iterations());
        _study.Run().ExecutesNothing();
    }

    [Fact]
    public void Loop_OneInputOfIterationTwelveMeansTheSame_RunsOneWalk()
    {
        Push(12, 2, " 1");
        _study.Run().Executed("sample/walk[iteration=12,walker=2]");
        _study.Run().ExecutesNothing();
    }

    [Fact]
    public void Loop_EditOfIterationTwelveMakesItLonger_RunsTheNewIterationsWhole()
    {
        Push(12, 2, "0");
        _study.Run().Executed([.. Steps(12, 20, [2]).Concat(Steps(21, 21, [1, 2, 3, 4])).Distinct()]);
        Assert.Equal("report after 21 iterations", _study.Text("report.txt"));
    }

    [Fact]
    public void Loop_EditTakenBack_IsRestored()
    {
        Push(12, 2, "9");
        _study.Run();
        Push(12, 2, "1");
        _study.Run().Executed();
        Assert.Equal(Enumerable.Range(1, 20), Iterations());
        _study.Run().ExecutesNothing();
    }

    [Fact]
    public void Loop_TwoInputsOfIterationTwelveThatMakeUpForEachOther_RunTheirWalkersOnly()
    {
        Push(12, 2, "0");
        Push(12, 3, "2");
        _study.Run().Executed([.. Steps(12, 20, [2, 3])]);
    }

    private static void Sample(StepBuilder steps)
    {
        var rounds = steps.Loop<Round?>("iteration", 25, null, Iterate, round => round!.Decision, text => text == "enough");
        steps.WhenKnown(rounds, (after, all) => after.Step("report").Inputs(walker => $"{walker}", all[^1]!.Walkers).Tool("report").Run("report", "after", $"{all.Count}", "iterations")
            .Output("report", publish: "report.txt"));
    }

    private static Round Iterate(StepBuilder steps, Round? last)
    {
        var number = (last?.Number ?? 0) + 1;
        var walkers = steps.ForEach("walker", Enumerable.Range(1, Walkers).ToList(), walker => walker, (member, walker) =>
        {
            var walk = member.Step("walk").Input("push", new SourceFile($"push/{number}-{walker}.txt")).Tool("walk").Run("walk", $"{number}", $"{walker}").Output("at");
            return last is null ? walk : walk.Input("last", last.Walkers[walker - 1]);
        });
        var decide = steps.Step("decide").Inputs(walker => $"{walker}", walkers.Files("at")).Tool("decide").Run("decide").Output("decision").Output("sum", publish: $"sums/{number}.txt");
        return new Round(number, walkers.Files("at"), decide.File("decision"));
    }

    private static ScriptedEnd Walk(ScriptedStep step)
    {
        step.Write("at", $"{step.Files.Sum(file => int.Parse(step.Read(file), CultureInfo.InvariantCulture))}");
        return ScriptedEnd.After(60);
    }

    private static ScriptedEnd Decide(ScriptedStep step)
    {
        var sum = step.Files.Sum(file => int.Parse(step.Read(file), CultureInfo.InvariantCulture));
        step.Write("decision", sum >= Enough ? "enough" : "more");
        step.Write("sum", $"{sum}");
        return ScriptedEnd.After(1);
    }

    private static ScriptedEnd Report(ScriptedStep step)
    {
        step.Write("report", step.Commands[0]);
        return ScriptedEnd.After(1);
    }

    private void Push(int iteration, int walker, string push) => _study.Holds($"push/{iteration}-{walker}.txt", push);

    private IEnumerable<int> Iterations() => _study.Host.Disk.Files(SimulatedHost.PathOf("sums"))
        .Select(file => int.Parse(file.Split('/')[^1].Split('.')[0], CultureInfo.InvariantCulture)).Order(Comparer<int>.Default);

    private static IEnumerable<string> Steps(int first, int last, int[] walkers) => Enumerable.Range(first, last - first + 1)
        .SelectMany(iteration => walkers.Select(walker => $"sample/walk[iteration={iteration},walker={walker}]").Append($"sample/decide[iteration={iteration}]"))
        .Append("sample/report");

    private sealed record Round(int Number, IReadOnlyList<Artifact> Walkers, Artifact Decision);
}
