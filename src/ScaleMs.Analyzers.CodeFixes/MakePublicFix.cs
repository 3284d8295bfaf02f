using System.Collections.Immutable;
using System.Composition;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace ScaleMs.Analyzers.CodeFixes;

/// <summary>SMS5008: makes a step task public. One inside another class is left to its author.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(MakePublicFix)), Shared]
public sealed class MakePublicFix : ScaleMsFix
{
    private static readonly SyntaxKind[] Accessibility = [SyntaxKind.PrivateKeyword, SyntaxKind.ProtectedKeyword, SyntaxKind.InternalKeyword, SyntaxKind.FileKeyword];

    /// <inheritdoc/>
    public override ImmutableArray<string> FixableDiagnosticIds { get; } = [Rules.NotPublic.Id];

    private protected override Replacing? FixOf(SyntaxNode found, Diagnostic diagnostic, SemanticModel model) =>
        found.FirstAncestorOrSelf<TypeDeclarationSyntax>() is { Parent: not TypeDeclarationSyntax } type ? new Replacing($"Make '{type.Identifier.Text}' public", type, Public(type)) : null;

    private static TypeDeclarationSyntax Public(TypeDeclarationSyntax type)
    {
        var first = type.Modifiers.Count > 0 ? type.Modifiers[0] : type.Keyword;
        var bare = type.Modifiers.Count > 0 ? type.WithModifiers([]) : type.WithKeyword(type.Keyword.WithLeadingTrivia());
        var others = type.Modifiers.Where(modifier => !Accessibility.Contains(modifier.Kind())).Select(modifier => modifier.WithLeadingTrivia());
        var keyword = SyntaxFactory.Token(first.LeadingTrivia, SyntaxKind.PublicKeyword, SyntaxFactory.TriviaList(SyntaxFactory.Space));
        return (TypeDeclarationSyntax)bare.WithModifiers([keyword, .. others]);
    }
}
