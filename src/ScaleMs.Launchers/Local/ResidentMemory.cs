namespace ScaleMs.Launchers.Local;

/// <summary>The resident memory of a process, bytes.</summary>
/// <param name="Peak">The most since it runs its program.</param>
/// <param name="Now">The present one.</param>
internal readonly record struct ResidentMemory(long Peak, long Now);
