using ScaleMs.Core.Model;

namespace ScaleMs.Core.Graph;

/// <summary>A pattern by which a definition looked for files of the workspace. What steps publish must not be among them: it is not there yet, or that of the last run.</summary>
/// <param name="Pattern">The pattern, relative to the workspace.</param>
/// <param name="DeclaredAt">Where it was asked for.</param>
public sealed record SourcePattern(FilePattern Pattern, SourceLocation DeclaredAt);
