using System.Globalization;
using ScaleMs.Core.Events;
using ScaleMs.Core.Planning;
using ScaleMs.Core.Ports;
using Xunit;

namespace ScaleMs.Engine.Tests.Forms;

/// <summary>
/// Adaptive sampling with real commands: in each of at most 20 iterations three walkers go on from where they were, pushed by the iteration's
/// bias; the loop ends when they have gone far enough, which is after 15 iterations.
/// </summary>
public sealed class AdaptiveLoopTests : IDisposable
{
    private readonly TestStudy _study = new();

    public AdaptiveLoopTests()
    {
        for (var iteration = 1; iteration <= 20; iteration++)
        {
            _study.Write($"bias/{iteration}.txt", "1\n");
        }
    }

    public void Dispose() => _study.Dispose();

    [Fact]
    public void Loop_OverAnEnsemble_StopsWhenItsDecisionSaysSo()
    {
        Run();
        Assert.Equal(Ids(1, 15), _study.Ran);
        Assert.True(_study.Exists("walks/15.txt"));
        Run();
        Assert.Equal(string.Empty, _study.Ran);
        Assert.Equal(62, _study.Last!.Summary.Counts.UpToDate);
    }

    [Fact]
    public void Loop_InputOfIterationTwelveMeansTheSame_RunsItsWalkersOnly()
    {
        Run();
        _study.Write("bias/12.txt", " 1\n");
        Run();
        Assert.Equal("t/walk[iteration=12,walker=1] t/walk[iteration=12,walker=2] t/walk[iteration=12,walker=3]", _study.Ran);
    }

    [Fact]
    public void Loop_InputOfIterationTwelveEdited_RunsFromThereAndStopsEarlier()
    {
        Run();
        _study.Write("bias/12.txt", "2\n");
        Run();
        Assert.Equal(Ids(12, 14), _study.Ran);
        Assert.Equal(45, _study.Last!.Summary.Counts.UpToDate);
        Assert.False(_study.Exists("walks/15.txt"));
        Run();
        Assert.Equal(string.Empty, _study.Ran);
    }

    [Fact]
    public void Loop_InterruptedInTheMiddle_GoesOnFromThere()
    {
        using var interruption = new CancellationTokenSource();
        _study.Ports = ports => ports with { Observers = [.. ports.Observers, new Interrupter(interruption)] };
        Assert.Equal(130, _study.Run(Adaptive, cancellation: interruption.Token).ExitCode);
        var done = _study.Last!.Summary.Counts.Executed;
        Assert.InRange(done, 28, 34);
        _study.Ports = ports => ports;
        Run();
        Assert.Equal(62 - done, _study.Last!.Summary.Counts.Executed);
    }

    private void Run() => Assert.Equal(0, _study.Run(Adaptive).ExitCode);

    private static void Adaptive(StepBuilder steps)
    {
        var start = steps.Shell("start", "echo 0 > at").Output("at");
        Artifact[] first = [start.File("at"), start.File("at"), start.File("at")];
        var rounds = steps.Loop("iteration", 20, new Round(0, first, start.File("at")), Iterate, round => round.Decision, text => text.Contains("enough", StringComparison.Ordinal));
        steps.WhenKnown(rounds, (after, all) => after.Shell("report", $"echo {all.Count} > n; cat at* >> n").Inputs(number => $"at{number}", all[^1].Walkers).Output("n"));
    }

    private static Round Iterate(StepBuilder steps, Round last)
    {
        var number = last.Number + 1;
        var walkers = steps.ForEach("walker", new[] { 1, 2, 3 }, walker => walker, (member, walker) => member.Shell("walk", "echo $(($(cat last) + $(cat bias))) > at")
            .Input("last", last.Walkers[walker - 1]).Input("bias", new SourceFile($"bias/{number}.txt")).Parameter("walker", walker).Parameter("iteration", number).Output("at"));
        var decide = steps.Shell("decide", "[ $(($(cat at1) + $(cat at2) + $(cat at3))) -ge 45 ] && echo enough > decision || echo more > decision")
            .Inputs(walker => $"at{walker}", walkers.Files("at")).Parameter("iteration", number)
            .Output("decision", publish: string.Create(CultureInfo.InvariantCulture, $"walks/{number}.txt"));
        return new Round(number, walkers.Files("at"), decide.File("decision"));
    }

    private static string Ids(int first, int last) => string.Join(' ', Enumerable.Range(first, last - first + 1)
        .SelectMany(iteration => new[] { 1, 2, 3 }.Select(walker => $"t/walk[iteration={iteration},walker={walker}]").Append($"t/decide[iteration={iteration}]"))
        .Append("t/report").Concat(first == 1 ? ["t/start"] : Array.Empty<string>()).Order(StringComparer.Ordinal));

    private sealed record Round(int Number, IReadOnlyList<Artifact> Walkers, Artifact Decision);

    private sealed class Interrupter(CancellationTokenSource interruption) : IRunObserver
    {
        public void On(RunEvent runEvent)
        {
            if (runEvent is RunEvent.StepFinished { Result: { Outcome: Outcome.Executed, Id: { Step: "decide", Member: "iteration=7" } } })
            {
                interruption.Cancel();
            }
        }
    }
}
