namespace ScaleMs.Reporting.Terminal;

/// <summary>How the console shows a run.</summary>
public sealed record ConsoleOptions
{
    /// <summary>What is shown while it goes on; <see cref="ProgressKind.Auto"/> counts as plain.</summary>
    public ProgressKind Progress { get; init; } = ProgressKind.Plain;

    /// <summary>Whether colours are used; never by default.</summary>
    public bool HasColour { get; init; }

    /// <summary>How much is told.</summary>
    public ReportVerbosity Verbosity { get; init; } = ReportVerbosity.Normal;

    /// <summary>Asked before each frame of the live area, because users resize their windows.</summary>
    public Func<TerminalSize> Size { get; init; } = TerminalSize.OfProcess;

    /// <summary>The folder of a run by its id, as it is told to the user; it holds summary and logs.</summary>
    public Func<string, string> RunFolder { get; init; } = run => $".scalems/runs/{run}/";

    /// <summary>The file of <c>--summary</c>; null when there is none.</summary>
    public string? SummaryFile { get; init; }

    /// <summary>Chooses by the command line and the terminal.</summary>
    /// <param name="facts">The terminal.</param>
    /// <param name="progress">The value of <c>--progress</c>.</param>
    /// <param name="forbidsColour">Whether <c>--no-color</c> is given.</param>
    /// <param name="verbosity">How much is told.</param>
    /// <returns>Options whose progress is never <see cref="ProgressKind.Auto"/>.</returns>
    public static ConsoleOptions For(
        TerminalFacts facts, ProgressKind progress = ProgressKind.Auto, bool forbidsColour = false, ReportVerbosity verbosity = ReportVerbosity.Normal) => new()
        {
            Progress = progress == ProgressKind.Auto ? Best(facts, verbosity) : progress,
            HasColour = facts.IsTerminal && !facts.ForbidsColour && !forbidsColour,
            Verbosity = verbosity,
        };

    private static ProgressKind Best(TerminalFacts facts, ReportVerbosity verbosity) => verbosity switch
    {
        ReportVerbosity.Quiet => ProgressKind.None,
        _ => facts is { IsTerminal: true, IsCi: false } ? ProgressKind.Live : ProgressKind.Plain,
    };
}
