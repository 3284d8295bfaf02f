using System.Globalization;
using ScaleMs.Core.Events;
using ScaleMs.Reporting.Wording;

namespace ScaleMs.Reporting.Terminal;

/// <summary>What the steps of a run took, in one line.</summary>
internal static class TakenLine
{
    private const double Mebi = 1 << 20;

    /// <summary>The line; null when no step ran.</summary>
    public static string? Of(IReadOnlyList<StepResult> steps)
    {
        var ran = steps.Where(step => step.Metrics is not null).ToList();
        if (ran.Count == 0)
        {
            return null;
        }

        var (all, largest) = (ran.ConvertAll(step => step.Metrics!), ran.MaxBy(step => step.Metrics!.PeakMemoryBytes)!);
        var memory = largest.Metrics!.PeakMemoryBytes > 0 ? $"at most {Size(largest.Metrics.PeakMemoryBytes)} of memory ({Printable.Of(largest.Id.ToString())}), " : string.Empty;
        return $"taken: {Human.Duration(all.Sum(step => step.CpuSeconds))} of processor time, {memory}" +
            $"{Size(all.Sum(step => step.InputBytes))} of inputs, {Size(all.Sum(step => step.OutputBytes))} of outputs; waited {Human.Duration(all.Sum(step => step.WaitSeconds))} for resources";
    }

    private static string Size(long bytes) => bytes < Mebi
        ? string.Create(CultureInfo.InvariantCulture, $"{bytes / 1024.0:0.#} KiB")
        : string.Create(CultureInfo.InvariantCulture, $"{bytes / Mebi:0.#} MiB");
}
