using ScaleMs.Core.Model;
using ScaleMs.Core.Ports;

namespace ScaleMs.Testing;

/// <summary>An attempt that a <see cref="ScriptedLauncher"/> ran.</summary>
/// <param name="Step">The instance.</param>
/// <param name="StartedAt">When it began, in virtual time.</param>
/// <param name="EndedAt">When it ended; null when the host crashed first.</param>
/// <param name="End">How it ended; null when the host crashed first.</param>
public sealed record ScriptedLaunch(StepId Step, DateTimeOffset StartedAt, DateTimeOffset? EndedAt = null, LaunchResult? End = null);
