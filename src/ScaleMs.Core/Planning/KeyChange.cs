namespace ScaleMs.Core.Planning;

/// <summary>One difference between two keys.</summary>
/// <param name="Component">The name of the component that differs, or of the note that tells it.</param>
/// <param name="Text">The difference in words.</param>
/// <param name="Before">The former value; null when there was none.</param>
/// <param name="Now">The present value; null when there is none.</param>
public sealed record KeyChange(string Component, string Text, string? Before, string? Now);
