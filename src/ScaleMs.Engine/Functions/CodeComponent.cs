namespace ScaleMs.Engine.Functions;

/// <summary>A part of the code that a function reaches.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Value">Its digest, version or label.</param>
public sealed record CodeComponent(string Name, string Value);
