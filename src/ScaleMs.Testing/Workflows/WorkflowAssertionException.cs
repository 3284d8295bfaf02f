namespace ScaleMs.Testing;

/// <summary>A workflow did not do what a test says; any test framework reports it.</summary>
/// <param name="message">What was wanted, and what came.</param>
public sealed class WorkflowAssertionException(string message) : Exception(message);
