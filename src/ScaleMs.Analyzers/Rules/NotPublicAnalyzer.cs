using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace ScaleMs.Analyzers;

/// <summary>SMS5008: a host finds the public classes of tasks only.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class NotPublicAnalyzer : WorkflowAnalyzer
{
    /// <inheritdoc/>
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } = [Rules.NotPublic];

    private protected override void Register(CompilationStartAnalysisContext start, KnownTypes types) =>
        start.RegisterSymbolAction(symbol => Check(symbol, types), SymbolKind.NamedType);

    private static void Check(SymbolAnalysisContext context, KnownTypes types)
    {
        var type = (INamedTypeSymbol)context.Symbol;
        if (type is { TypeKind: TypeKind.Class, IsAbstract: false } && types.IsStepTask(type) && Hidden(type) is { } hidden)
        {
            context.ReportDiagnostic(KnownTypes.Is(hidden, type)
                ? Finding.Of(Rules.NotPublic, type.Locations[0], $"step task '{type.Name}' is not public, so no host finds it", "make it public, or abstract where only other tasks derive from it")
                : Finding.Of(Rules.NotPublic, type.Locations[0], $"step task '{type.Name}' is not public because '{hidden.Name}' is not, so no host finds it", $"make '{hidden.Name}' public"));
        }
    }

    /// <summary>The outermost class that hides it; null when it is public.</summary>
    private static INamedTypeSymbol? Hidden(INamedTypeSymbol type)
    {
        INamedTypeSymbol? hidden = null;
        for (var part = type; part is not null; part = part.ContainingType)
        {
            hidden = part.DeclaredAccessibility == Accessibility.Public ? hidden : part;
        }

        return hidden;
    }
}
