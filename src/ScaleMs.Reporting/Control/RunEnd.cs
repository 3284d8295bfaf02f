namespace ScaleMs.Reporting.Control;

/// <summary>How a run ended.</summary>
/// <param name="At">When.</param>
/// <param name="ExitCode">The exit code that the engine decided.</param>
public sealed record RunEnd(DateTimeOffset At, int ExitCode);
