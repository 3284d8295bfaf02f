using ScaleMs.Engine.Running;

namespace ScaleMs;

/// <summary>What the runs of one process ended with.</summary>
internal sealed record RunCodes
{
    private const int ScriptHostFailed = 1;
    private const int FrostingHostFailed = -1;

    /// <summary>How the last one ended.</summary>
    private int Last { get; init; }

    /// <summary>Whether any of them was a plan with work to do; that is no failure.</summary>
    private bool HasWork { get; init; }

    /// <summary>With one run more.</summary>
    public RunCodes With(int code) => code == ExitCodes.WorkToDo ? this with { Last = ExitCodes.Done, HasWork = true } : this with { Last = code };

    /// <summary>
    /// The code to end with where the host would end with another. What a script decides after its run is the script's: it may catch a
    /// failure, end with a code of its own, or fail though the run did not.
    /// </summary>
    public int InsteadOf(int hosts) => hosts switch
    {
        ExitCodes.Done when HasWork => ExitCodes.WorkToDo,
        ScriptHostFailed or FrostingHostFailed when Last != ExitCodes.Done => Last,
        _ => hosts,
    };
}
