using ScaleMs.Core.Model;
using ScaleMs.Core.Planning;
using Xunit;

namespace ScaleMs.Engine.Tests.Admitting;

/// <summary>What a step took is told.</summary>
public sealed class MetricsTests : IDisposable
{
    private readonly TestStudy _study = new();

    public void Dispose() => _study.Dispose();

    [Fact]
    public void Metrics_OfAStepThatRan_CountItsFilesAndItsWork()
    {
        _study.Write("in.txt", new string('x', 1000));
        _study.Run(Define);
        var (first, second) = (_study.StepOf("t/first").Metrics!, _study.StepOf("t/second").Metrics!);
        Assert.Equal((1000, 3000, 3000 + 1000, 4), (first.InputBytes, first.OutputBytes, second.InputBytes, second.OutputBytes));
        Assert.InRange(first.CpuSeconds, 0.01, 60);
        Assert.InRange(first.PeakMemoryBytes, 100_000_000, 400_000_000);
    }

    [Fact]
    public void Metrics_OfAStepThatFailed_AreToldToo()
    {
        _study.Run(steps => steps.Shell("t", "head -c 200000000 /dev/zero | tail -c 150000000 > /dev/null; exit 1").Output("out"));
        Assert.Equal(Outcome.Failed, _study.StepOf("t").Outcome);
        Assert.InRange(_study.StepOf("t").Metrics!.PeakMemoryBytes, 100_000_000, 400_000_000);
    }

    [Fact]
    public void Metrics_OfAStepThatDidNotRun_AreNone()
    {
        _study.Write("in.txt", "x");
        _study.Run(Define);
        _study.Run(Define);
        Assert.Null(_study.StepOf("t/first").Metrics);
    }

    [Fact]
    public void Metrics_OfAStepBehindAnother_TellHowLongItWaited()
    {
        _study.Run(
            steps => Enumerable.Range(0, 2).ToList().ForEach(i => steps.Shell($"s{i}", $"sleep 1; echo {i} > out").Output("out")),
            request => request with { Capacity = new Resources(1) });
        Assert.InRange(_study.StepOf("t/s1").Metrics!.WaitSeconds - _study.StepOf("t/s0").Metrics!.WaitSeconds, 0.5, 60);
    }

    private static void Define(StepBuilder steps)
    {
        var first = steps.Shell("first", "cat in in in > out; head -c 200000000 /dev/zero | tail -c 150000000 > /dev/null").Input("in", new SourceFile("in.txt")).Output("out");
        steps.Shell("second", "echo abc > out").Input("a", first.File("out")).Input("b", new SourceFile("in.txt")).Output("out");
    }
}
