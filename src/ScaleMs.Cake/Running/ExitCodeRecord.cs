namespace ScaleMs;

/// <summary>The exit code that the engine decided.</summary>
/// <remarks>
/// Cake's hosts turn every exception into a code of their own (255 in Frosting, 1 under <c>dotnet cake</c>), so the code is set
/// when the process ends, which wins on both. Static because an exit code belongs to the process.
/// </remarks>
internal static class ExitCodeRecord
{
    private static int? _code;

    /// <summary>The code; null while the engine has not decided.</summary>
    public static int? Code => _code;

    public static void Set(int code)
    {
        if (_code is null)
        {
            AppDomain.CurrentDomain.ProcessExit += (_, _) => System.Environment.ExitCode = _code!.Value;
        }

        _code = code;
    }
}
