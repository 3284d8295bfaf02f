namespace ScaleMs.Core.Tracing;

/// <summary>What a step did with a file that it does not declare.</summary>
public enum TraceKind
{
    /// <summary>It read the file: another content may make another result, and nothing becomes stale.</summary>
    Read,

    /// <summary>It started the file as a program.</summary>
    Execute,

    /// <summary>It wrote, made, changed or removed the file outside its private directory.</summary>
    Write,

    /// <summary>It looked for the file, which is not there: if it were, the result might be another.</summary>
    Absent,
}
