using System.Collections.Immutable;
using System.Composition;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace ScaleMs.Analyzers.CodeFixes;

/// <summary>SMS5001 and SMS5003: writes the name that was probably meant.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(ReplaceTextFix)), Shared]
public sealed class ReplaceTextFix : ScaleMsFix
{
    /// <inheritdoc/>
    public override ImmutableArray<string> FixableDiagnosticIds { get; } = [Rules.MissingProducer.Id, Rules.EscapingPath.Id];

    private protected override Replacing? FixOf(SyntaxNode found, Diagnostic diagnostic, SemanticModel model) =>
        found is LiteralExpressionSyntax literal && diagnostic.Properties.TryGetValue(Finding.Replacement, out var text) && text is not null
            ? new Replacing($"Use '{text}'", literal, SyntaxFactory.LiteralExpression(SyntaxKind.StringLiteralExpression, SyntaxFactory.Literal(text)).WithTriviaFrom(literal))
            : null;
}
