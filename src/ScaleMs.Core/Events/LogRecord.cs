namespace ScaleMs.Core.Events;

/// <summary>How much a log record matters.</summary>
public enum LogLevel
{
    /// <summary>For whoever looks for an error; told only when asked for.</summary>
    Debug = 10,

    /// <summary>What is usual.</summary>
    Info = 20,

    /// <summary>Something is odd.</summary>
    Warning = 30,

    /// <summary>Something went wrong.</summary>
    Error = 40,

    /// <summary>Nothing goes on from here.</summary>
    Critical = 50,
}

/// <summary>A record of a step's log.</summary>
/// <param name="Level">How much it matters.</param>
/// <param name="Text">Its message, without the prefix.</param>
/// <param name="Json">The whole object, where the record is one; else null.</param>
public sealed record LogRecord(LogLevel Level, string Text, string? Json = null);
