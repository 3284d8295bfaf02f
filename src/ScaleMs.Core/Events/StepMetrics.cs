namespace ScaleMs.Core.Events;

/// <summary>What an instance took in the run that executed it.</summary>
/// <param name="WaitSeconds">How long it was ready and waited for resources, in seconds.</param>
/// <param name="CpuSeconds">Processor time of all its attempts of the run, in seconds; 0 when unknown.</param>
/// <param name="PeakMemoryBytes">The most memory of an attempt, see <see cref="Ports.LaunchResult.PeakMemoryBytes"/>; 0 when unknown.</param>
/// <param name="InputBytes">The length of its inputs, in bytes; templates and texts of the declaration are not counted.</param>
/// <param name="OutputBytes">The length of its outputs, in bytes; 0 when it failed.</param>
public sealed record StepMetrics(double WaitSeconds, double CpuSeconds, long PeakMemoryBytes, long InputBytes, long OutputBytes);
