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

    /// <summary>It fails after one second.</summary>
    /// <param name="exitCode">The exit code, 1 to 255.</param>
    /// <returns>The end.</returns>
    public static ScriptedEnd Fails(int exitCode = 1) => new(TimeSpan.FromSeconds(1), exitCode);
}
