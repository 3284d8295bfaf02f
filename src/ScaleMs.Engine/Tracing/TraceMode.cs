namespace ScaleMs.Engine.Tracing;

/// <summary>Whether executed steps are watched for files that they do not declare.</summary>
public enum TraceMode
{
    /// <summary>They are not.</summary>
    None,

    /// <summary>What is found is told.</summary>
    Report,

    /// <summary>A step that uses an undeclared file fails, and records nothing.</summary>
    Strict,
}
