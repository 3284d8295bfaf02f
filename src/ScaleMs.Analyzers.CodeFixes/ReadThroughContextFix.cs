using System.Collections.Immutable;
using System.Composition;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace ScaleMs.Analyzers.CodeFixes;

/// <summary>SMS5006: reads a variable or the lines of a file through the context, where one is at hand.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(ReadThroughContextFix)), Shared]
public sealed class ReadThroughContextFix : ScaleMsFix
{
    /// <inheritdoc/>
    public override ImmutableArray<string> FixableDiagnosticIds { get; } = [Rules.Surroundings.Id];

    private protected override Replacing? FixOf(SyntaxNode found, Diagnostic diagnostic, SemanticModel model)
    {
        if (found.FirstAncestorOrSelf<InvocationExpressionSyntax>() is not { ArgumentList.Arguments: [var argument] } call
            || KnownTypes.Of(model.Compilation) is not { } types || Context(call, model, types) is not { } context)
        {
            return null;
        }

        return (model.GetSymbolInfo(call).Symbol as IMethodSymbol)?.Name switch
        {
            "GetEnvironmentVariable" or "EnvironmentVariable" => Replace("Read the variable through the context", call, $"{context}Env({argument})"),
            "ReadLines" or "ReadAllLines" => Replace("Read the lines through the context", call, $"{context}ReadLines(new ScaleMs.SourceFile({argument}))"),
            _ => null,
        };
    }

    private static Replacing Replace(string title, InvocationExpressionSyntax call, string text) =>
        new(title, call, SyntaxFactory.ParseExpression(text).WithTriviaFrom(call));

    /// <summary>What stands before a member of the context: nothing inside it, a parameter and a dot elsewhere; null where there is none.</summary>
    private static string? Context(SyntaxNode call, SemanticModel model, KnownTypes types)
    {
        var owner = model.GetEnclosingSymbol(call.SpanStart);
        while (owner is IMethodSymbol { MethodKind: MethodKind.AnonymousFunction or MethodKind.LocalFunction, IsStatic: false })
        {
            owner = owner.ContainingSymbol;
        }

        return owner is IMethodSymbol method && method.Parameters.FirstOrDefault(parameter => types.IsContext(parameter.Type)) is { } context ? context.Name + "."
            : owner is IMethodSymbol { IsStatic: false } && types.IsContext(owner.ContainingType) ? string.Empty
            : null;
    }
}
