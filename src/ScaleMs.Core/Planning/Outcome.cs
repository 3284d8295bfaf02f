namespace ScaleMs.Core.Planning;

/// <summary>How an instance ended in a run.</summary>
public enum Outcome
{
    /// <summary>Nothing was to be done.</summary>
    UpToDate,

    /// <summary>A recorded result was taken.</summary>
    Restored,

    /// <summary>It ran and succeeded.</summary>
    Executed,

    /// <summary>It ran, or could not run, and failed.</summary>
    Failed,

    /// <summary>Something that it waits for failed.</summary>
    Blocked,

    /// <summary>Its task's criteria said no.</summary>
    Skipped,

    /// <summary>It was to run but the run ended first.</summary>
    Cancelled,
}
