using ScaleMs.Core.Events;
using ScaleMs.Engine.Executing;

namespace ScaleMs.Engine.Running;

/// <summary>Adds up what a step takes while it is executed.</summary>
internal sealed class Consumption
{
    private long _readySince;
    private double _waitSeconds;
    private double _cpuSeconds;
    private long _peakMemoryBytes;
    private long _inputBytes;

    /// <summary>What a step that is opened again took before counts too.</summary>
    /// <param name="before">What was told of it; null for nothing.</param>
    public static Consumption After(StepMetrics? before) => before is null ? new() : new()
    {
        _waitSeconds = before.WaitSeconds,
        _cpuSeconds = before.CpuSeconds,
        _peakMemoryBytes = before.PeakMemoryBytes,
    };

    /// <summary>It waits for resources from now on.</summary>
    public void BeginWaiting(TimeProvider clock) => _readySince = clock.GetTimestamp();

    public void EndWaiting(TimeProvider clock) => _waitSeconds += clock.GetElapsedTime(_readySince).TotalSeconds;

    public void Reads(IReadOnlyList<StagedInput?> inputs)
    {
        _inputBytes = 0;
        for (var i = 0; i < inputs.Count; i++)
        {
            _inputBytes += inputs[i]!.Length;
        }
    }

    public void Add(Execution execution)
    {
        _cpuSeconds += execution.CpuSeconds;
        _peakMemoryBytes = Math.Max(_peakMemoryBytes, execution.PeakMemoryBytes);
    }

    public StepMetrics Of(IReadOnlyList<OutputSummary> outputs)
    {
        var outputBytes = 0L;
        foreach (var output in outputs)
        {
            outputBytes += output.Bytes;
        }

        return new StepMetrics(_waitSeconds, _cpuSeconds, _peakMemoryBytes, _inputBytes, outputBytes);
    }
}
