using BenchmarkDotNet.Attributes;
using ScaleMs.Core.Keys;

namespace ScaleMs.Benchmarks.Micro;

/// <summary>Key and components of a step.</summary>
[MemoryDiagnoser]
public class KeyingBenchmarks
{
    private ClosedAction _action = null!;

    /// <summary>How many inputs the step has.</summary>
    [Params(1, 100, 5000)]
    public int Inputs { get; set; }

    [GlobalSetup]
    public void Close()
    {
        var action = SampleSteps.Close(1);
        _action = action with
        {
            Step = action.Step with { Inputs = [.. Enumerable.Repeat(action.Step.Inputs[0], Inputs)] },
            Inputs = [.. Enumerable.Repeat(action.Inputs[0], Inputs)],
        };
    }

    [Benchmark]
    public ActionKey Encode() => KeyEncoder.Encode(_action).Key;
}
