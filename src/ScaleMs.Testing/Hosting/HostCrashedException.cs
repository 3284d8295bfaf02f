namespace ScaleMs.Testing;

/// <summary>The simulated host is down: what called a port of it no longer exists.</summary>
public sealed class HostCrashedException() : Exception("The simulated host crashed.");
