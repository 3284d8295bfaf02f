namespace ScaleMs.Store.Maintenance;

/// <summary>What a collector removes.</summary>
public enum GcKind
{
    /// <summary>A blob that no record names.</summary>
    UnnamedBlob,

    /// <summary>A blob of results that no step stands at.</summary>
    OlderResult,

    /// <summary>A blob of a result that a step stands at.</summary>
    CurrentResult,

    /// <summary>The folder of an attempt that nothing can continue.</summary>
    DeadAttempt,

    /// <summary>A file that a killed process was writing.</summary>
    StaleFile,

    /// <summary>The events and the summary of an old run.</summary>
    RunLog,

    /// <summary>Something that was moved aside.</summary>
    MovedAside,
}
