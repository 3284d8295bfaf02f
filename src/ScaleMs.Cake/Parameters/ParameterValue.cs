namespace ScaleMs;

/// <summary>A value given from outside.</summary>
/// <param name="Text">The value as text.</param>
/// <param name="Origin">Where it comes from.</param>
internal sealed record ParameterValue(string Text, string Origin);
