namespace ScaleMs.Reporting.Terminal;

/// <summary>How much the console tells.</summary>
public enum ReportVerbosity
{
    /// <summary>Failures, notices and the last line.</summary>
    Quiet,

    /// <summary>What ran and why, and the table at the end.</summary>
    Normal,

    /// <summary>Also every instance that was restored, blocked, skipped or cancelled, and lists of any length.</summary>
    Verbose,
}
