using ScaleMs.Engine.Running;

namespace ScaleMs;

/// <summary>The exit code that the engine decided.</summary>
/// <remarks>
/// Cake's hosts turn every exception into a code of their own (1 in Cake 7, 255 where a host ends otherwise), so that code is replaced
/// when the process ends, which works on both. Static because an exit code belongs to the process.
/// </remarks>
internal static class ExitCodeRecord
{
    private const int ScriptHostFailed = 1;
    private const int FrostingHostFailed = -1;
    private static int? _code;

    public static void Set(int code)
    {
        if (_code is null)
        {
            AppDomain.CurrentDomain.ProcessExit += (_, _) => System.Environment.ExitCode = InsteadOf(System.Environment.ExitCode);
        }

        _code = code;
    }

    /// <summary>
    /// The code to end with where the host would end with another. What a script decides after its run is the script's: it may catch a
    /// failure, end with a code of its own, or fail though the run did not.
    /// </summary>
    public static int InsteadOf(int hosts) => _code switch
    {
        ExitCodes.WorkToDo when hosts == ExitCodes.Done => ExitCodes.WorkToDo,
        { } code and not ExitCodes.Done when hosts is ScriptHostFailed or FrostingHostFailed => code,
        _ => hosts,
    };
}
