using ScaleMs.Core.Tracing;

namespace ScaleMs.Engine.Tracing;

/// <summary>The declaration that a step lacks, in C#.</summary>
internal static class Declarations
{
    /// <summary>What to add for a file.</summary>
    /// <param name="kind">What the step did with it.</param>
    /// <param name="path">Relative to the workspace, or absolute.</param>
    public static string Of(TraceKind kind, string path) => kind switch
    {
        TraceKind.Read => $".Input({Quote(NameOf(path))}, new SourceFile({Quote(path)}))",
        TraceKind.Execute => $".Tool({Quote(NameOf(path))})",
        TraceKind.Write when !path.StartsWith('/') => $".Output({Quote(NameOf(path))}, publish: {Quote(path)})",
        TraceKind.Write => $".Output({Quote(NameOf(path))})",
        _ => string.Empty,
    };

    private static string NameOf(string path) => path[(path.LastIndexOf('/') + 1)..];

    private static string Quote(string text) => $"\"{text.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal)}\"";
}
