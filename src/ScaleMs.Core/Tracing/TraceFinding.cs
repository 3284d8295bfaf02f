namespace ScaleMs.Core.Tracing;

/// <summary>A file that a step used without declaring it.</summary>
/// <param name="Kind">What it did with the file.</param>
/// <param name="Path">Relative to the workspace, with <c>~</c> for the user's folder, or absolute.</param>
/// <param name="Declaration">What to add to the step's declaration, as C#; empty where there is nothing to add.</param>
public sealed record TraceFinding(TraceKind Kind, string Path, string Declaration)
{
    /// <summary>Whether it makes the step depend on, or change, what nobody declared. A file that is not there is only worth knowing.</summary>
    public bool IsUndeclared => Kind != TraceKind.Absent;

    /// <inheritdoc/>
    public override string ToString() => Kind switch
    {
        TraceKind.Read => $"reads '{Path}', which it does not declare: {Declaration}",
        TraceKind.Execute => $"runs '{Path}', which it does not declare: {Declaration}",
        TraceKind.Write => $"writes '{Path}' outside its directory: write it there and declare {Declaration}",
        _ => $"looked for '{Path}', absent",
    };
}
