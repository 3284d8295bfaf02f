using ScaleMs.Core.Faults;

namespace ScaleMs;

/// <summary>A task class that was left out, because another one has its name; a service of the host, so that the engine knows those of every call of <c>UseScaleMs</c>.</summary>
/// <param name="Fault">What is told of it.</param>
internal sealed record TaskClash(Fault Fault);
