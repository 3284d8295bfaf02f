using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace ScaleMs.Analyzers;

/// <summary>SMS5004, SMS5005 and SMS5006: a definition reads nothing but its context. Code that it calls in the same compilation is looked at too.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class PureDefinitionAnalyzer : WorkflowAnalyzer
{
    /// <inheritdoc/>
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } = [Rules.WallClock, Rules.Randomness, Rules.Surroundings];

    private protected override void Register(CompilationStartAnalysisContext start, KnownTypes types)
    {
        var calls = new CallGraph();
        start.RegisterOperationBlockAction(block =>
        {
            var uses = CodeUses.Of(block.OperationBlocks, IsDefining(block.OwningSymbol, types), types);
            uses.Defining.ForEach(use => block.ReportDiagnostic(use.ToFinding(null)));
            calls.Add(block.OwningSymbol, uses);
        });
        start.RegisterCompilationEndAction(end =>
        {
            foreach (var (use, caller) in calls.Reached())
            {
                end.ReportDiagnostic(use.ToFinding(caller));
            }
        });
    }

    /// <summary>Methods that take a builder, and what makes a task or a context: the context's constructor declares the parameters.</summary>
    private static bool IsDefining(ISymbol owner, KnownTypes types) => owner switch
    {
        IMethodSymbol { MethodKind: MethodKind.Constructor } constructor => IsPartOfDefinition(constructor.ContainingType, types),
        IMethodSymbol method => types.Defines(method),
        IFieldSymbol or IPropertySymbol => !owner.IsStatic && IsPartOfDefinition(owner.ContainingType, types),
        _ => false,
    };

    private static bool IsPartOfDefinition(INamedTypeSymbol type, KnownTypes types) => types.IsStepTask(type) || types.IsContext(type);
}
