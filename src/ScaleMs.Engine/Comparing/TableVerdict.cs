using ScaleMs.Core.Failures;

namespace ScaleMs.Engine.Comparing;

/// <summary>What was found of a table that a step made.</summary>
/// <param name="Difference">Why it is not within tolerance; null when it is, or was compared with nothing.</param>
/// <param name="Failure">What keeps it from being an output; null for nothing.</param>
/// <param name="LeftNobody">Whether it is certain that no process of a filter is left.</param>
internal sealed record TableVerdict(string? Difference, Failure? Failure, bool LeftNobody);
