namespace ScaleMs.Testing;

/// <summary>Somebody cancels steps of a simulated run.</summary>
/// <param name="After">When, in virtual time.</param>
/// <param name="Pattern">Which, as <c>--only</c> names them.</param>
public sealed record SimulatedCancellation(TimeSpan After, string Pattern);
