namespace ScaleMs.Testing;

/// <summary>What a step does in a test: a function of what it reads.</summary>
/// <param name="step">The attempt: its staged files, its commands, and where it writes.</param>
/// <returns>How and after which time it ends.</returns>
public delegate ScriptedEnd StepScript(ScriptedStep step);
