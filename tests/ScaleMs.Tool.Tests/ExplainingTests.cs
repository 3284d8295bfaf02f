using System.Text.Json;
using ScaleMs.Core.Identity;
using ScaleMs.Engine.Tests;
using ScaleMs.Reporting.Files;

namespace ScaleMs.Tool.Tests;

/// <summary><c>why</c>, <c>diff</c> and <c>log</c>: from the records alone, without the workflow.</summary>
public sealed class ExplainingTests : IDisposable
{
    private readonly TestStudy _study = new();

    public ExplainingTests() => _study.Write("in.txt", "one\n");

    public void Dispose() => _study.Dispose();

    [Fact]
    public void Why_AfterAChange_TellsWhenOfWhatAndWhatDiffered()
    {
        var (first, second) = (Run(ThreeSteps.Of()), Run(Edited("two\n")));
        var told = ToolProcess.Run(_study.Root, "why", "t/second");
        Assert.Equal(0, told.ExitCode);
        Assert.All(
            [
                $"t/second: recorded in run {second}", "attempt 1: done after", $"differs from the result of run {first}", "input in.txt changed from t/first",
                "← input in.txt changed from in.txt (", ", 4 B → 4 B), read by t/first", "made of", "← command[0] sh", "out.txt ",
            ],
            part => Assert.Contains(part, told.Output, StringComparison.Ordinal));
        using var json = JsonDocument.Parse(ToolProcess.Run(_study.Root, "why", "t/second", "--json").Output);
        Assert.Equal("t/second", json.RootElement.GetProperty("step").GetString());
    }

    [Fact]
    public void Why_OfAMemberThatAStepListed_TellsIt()
    {
        Run(Frames("1"));
        Run(Frames("2"));
        var told = ToolProcess.Run(_study.Root, "why", "t/frame[frame=b]");
        Assert.Equal(0, told.ExitCode);
        Assert.Contains("t/frame[frame=b]: recorded in run ", told.Output, StringComparison.Ordinal);
        Assert.Contains("scale: 1 → 2, read by t/frame[frame=b]", told.Output, StringComparison.Ordinal);
        Assert.Contains("the nearest name is 't/frame[frame=a]'", ToolProcess.Run(_study.Root, "why", "t/frame[frame=c]").Error, StringComparison.Ordinal);
    }

    [Fact]
    public void Why_OfAFailedStep_TellsTheFailureToo()
    {
        Run(ThreeSteps.Of());
        var failed = Run(ThreeSteps.Of("exit 3"));
        var told = ToolProcess.Run(_study.Root, "why", "t/third").Output;
        Assert.Contains($"failed in run {failed}: ", told, StringComparison.Ordinal);
        Assert.Contains("-c of sh: echo beside > out.txt → exit 3", told, StringComparison.Ordinal);
    }

    [Fact]
    public void Why_OfAnOutputWithATolerance_NamesTheNumberThatLeftIt()
    {
        Run(Measured("1.013"));
        Run(Measured("1.027"));
        const string left = "p in e.csv row 1: 1.013 → 1.027, tolerance 0.005 ";
        Assert.Contains($"{left}(", ToolProcess.Run(_study.Root, "why", "t/measure").Output, StringComparison.Ordinal);
        Assert.Contains($"{left}from t/measure (", ToolProcess.Run(_study.Root, "why", "t/read").Output, StringComparison.Ordinal);
        Run(Measured("1.028"));
        Assert.Contains("what it made of e.csv (", ToolProcess.Run(_study.Root, "why", "t/measure").Output, StringComparison.Ordinal);
    }

    private static Action<StepBuilder> Measured(string value) => steps =>
    {
        var table = steps.Shell("measure", $"printf 'time,p\\n0,{value}\\n' > e.csv").Output("e.csv", new ToleranceIdentity(absolute: 0.005));
        steps.Shell("read", "cat in.csv > out.txt").Input("in.csv", table.File("e.csv")).Output("out.txt");
    };

    [Fact]
    public void Why_UnknownStep_NamesTheNearest()
    {
        Run(ThreeSteps.Of());
        var told = ToolProcess.Run(_study.Root, "why", "t/secnd");
        Assert.Equal(2, told.ExitCode);
        Assert.Contains("nothing is recorded of a step 't/secnd'; the nearest name is 't/second'", told.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void Why_OfAStepThatKeepsState_TellsIt()
    {
        Run(steps => steps.Shell("look", "echo '{\"state\": {\"n\": 3}}' >&2").Contract().KeepsState().Always());
        Assert.Contains("  keeps for its next run: {\"n\": 3}\n", ToolProcess.Run(_study.Root, "why", "t/look").Output, StringComparison.Ordinal);
    }

    [Fact]
    public void Diff_OfTwoRuns_TellsStepsValuesAndOutputs()
    {
        var (first, second) = (Run(ThreeSteps.Of()), Run(ThreeSteps.Of("echo other > out.txt")));
        var told = ToolProcess.Run(_study.Root, "diff", first, second);
        Assert.Equal(0, told.ExitCode);
        Assert.StartsWith("t/third\n  -c of sh: echo beside > out.txt → echo other > out.txt\n  results/third.txt ", told.Output, StringComparison.Ordinal);
        Assert.Equal($"1 step differs between run {first} and run {second}", told.Totals);
        Assert.Contains("-c of sh: echo other > out.txt → echo beside > out.txt", ToolProcess.Run(_study.Root, "diff", "last", "last~1").Output, StringComparison.Ordinal);
    }

    [Fact]
    public void Diff_AcrossRunsBetween_ComparesWhatEachLeft()
    {
        var first = Run(ThreeSteps.Of());
        Run(ThreeSteps.Of("echo other > out.txt"));
        Run(Edited("two\n", "echo other > out.txt"));
        var last = Run(Edited("two\n"));
        var told = ToolProcess.Run(_study.Root, "diff", first, last);
        Assert.Equal($"2 steps differ between run {first} and run {last}", told.Totals);
        Assert.DoesNotContain("t/third", told.Output, StringComparison.Ordinal);
        Assert.Contains("t/first\n  input in.txt changed\n", told.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void Diff_WithAFailedRun_TellsTheEndAndTheReason()
    {
        var (first, failed) = (Run(ThreeSteps.Of()), Run(ThreeSteps.Of("exit 3")));
        var told = ToolProcess.Run(_study.Root, "diff", first, failed).Output;
        Assert.Contains("t/third\n  done → failed: ", told, StringComparison.Ordinal);
        Assert.Contains("-c of sh: echo beside > out.txt → exit 3", told, StringComparison.Ordinal);
    }

    [Fact]
    public void Diff_UnknownRun_SaysWhichAreKept()
    {
        var first = Run(ThreeSteps.Of());
        var told = ToolProcess.Run(_study.Root, "diff", "1999", "last");
        Assert.Equal(2, told.ExitCode);
        Assert.Contains($"no kept run is '1999': give a run's id or its beginning, last, or last~N; kept are {first}", told.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void Log_OfAStep_IsWhatItPrinted()
    {
        Run(ThreeSteps.Of("echo said; echo beside > out.txt"));
        Assert.Equal("said\n", ToolProcess.Run(_study.Root, "log", "t/third").Output);
        Assert.Equal(string.Empty, ToolProcess.Run(_study.Root, "log", "t/first").Output);
        Assert.Equal(2, ToolProcess.Run(_study.Root, "log", "t/fourth").ExitCode);
    }

    private static Action<StepBuilder> Frames(string scale) => steps =>
    {
        var list = steps.Shell("list", "printf 'a\\nb\\n' > list.txt").Output("list.txt");
        steps.Expand("frame", list.File("list.txt"), (member, name) => member.Shell("frame", $"echo {name} > out").Parameter("scale", scale).Output("out"));
    };

    private Action<StepBuilder> Edited(string text, string beside = "echo beside > out.txt") => steps =>
    {
        _study.Write("in.txt", text);
        ThreeSteps.Of(beside)(steps);
    };

    /// <summary>Runs, and keeps the run's summary as a host does.</summary>
    private string Run(Action<StepBuilder> define)
    {
        var summary = _study.Run(define).Summary;
        SummaryWriter.WriteChanged(summary, _study.PathOf($".scalems/runs/{summary.Run}/summary.json"));
        return summary.Run;
    }
}
