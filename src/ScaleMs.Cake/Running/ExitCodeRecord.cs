namespace ScaleMs;

/// <summary>The exit code that the engine decided.</summary>
/// <remarks>
/// Cake's hosts turn every exception into a code of their own (1 in Cake 7, 255 where a host ends otherwise), so that code is replaced
/// when the process ends, which works on both. Static because an exit code belongs to the process.
/// </remarks>
internal static class ExitCodeRecord
{
    private static RunCodes? _codes;

    /// <summary>Tells how a run ended.</summary>
    public static void Set(int code)
    {
        if (_codes is null)
        {
            AppDomain.CurrentDomain.ProcessExit += (_, _) => System.Environment.ExitCode = InsteadOf(System.Environment.ExitCode);
        }

        _codes = (_codes ?? new RunCodes()).With(code);
    }

    /// <summary>The code to end with where the host would end with another.</summary>
    public static int InsteadOf(int hosts) => _codes?.InsteadOf(hosts) ?? hosts;
}
