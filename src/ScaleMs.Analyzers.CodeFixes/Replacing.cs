using Microsoft.CodeAnalysis;

namespace ScaleMs.Analyzers.CodeFixes;

/// <summary>A node that comes in the place of another.</summary>
/// <param name="Title">How editors offer it.</param>
/// <param name="Old">The node that goes.</param>
/// <param name="New">The node that comes.</param>
internal sealed record Replacing(string Title, SyntaxNode Old, SyntaxNode New);
