using ScaleMs.Core.Ports;

namespace ScaleMs.Testing;

/// <summary>How a scripted attempt ends.</summary>
/// <param name="Duration">How long it takes in virtual time.</param>
/// <param name="ExitCode">The exit code of its last command.</param>
public sealed record ScriptedEnd(TimeSpan Duration, int ExitCode = 0)
{
    /// <summary>It succeeds after one second.</summary>
    public static ScriptedEnd Done { get; } = new(TimeSpan.FromSeconds(1));

    /// <summary>It succeeds.</summary>
    /// <param name="seconds">After this virtual time, in seconds.</param>
    /// <returns>The end.</returns>
    public static ScriptedEnd After(double seconds) => new(TimeSpan.FromSeconds(seconds));

    /// <summary>Which way it ends when it is not stopped; what is not <see cref="LaunchEnd.Exited"/> writes nothing.</summary>
    public LaunchEnd Way { get; init; } = LaunchEnd.Exited;

    /// <summary>Whether a start that failed would fail whenever it is tried.</summary>
    public bool IsLasting { get; init; }

    /// <summary>The memory that it takes, in bytes: a step that may have less ends for want of memory.</summary>
    public long MemoryBytes { get; init; }

    /// <summary>It ends for a reason that is not its own: it did not start, or the site took its place or its node away.</summary>
    /// <param name="way">How.</param>
    /// <param name="seconds">After this virtual time, in seconds.</param>
    /// <returns>The end.</returns>
    public static ScriptedEnd Ends(LaunchEnd way, double seconds = 1) => new(TimeSpan.FromSeconds(seconds), way == LaunchEnd.Exited ? 0 : 143) { Way = way };

    /// <summary>It fails after one second.</summary>
    /// <param name="exitCode">The exit code, 1 to 255.</param>
    /// <returns>The end.</returns>
    public static ScriptedEnd Fails(int exitCode = 1) => new(TimeSpan.FromSeconds(1), exitCode);
}
