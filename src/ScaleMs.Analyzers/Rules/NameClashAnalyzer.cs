using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace ScaleMs.Analyzers;

/// <summary>SMS5009: one name for two tasks, steps, recipes in use, members or axes.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class NameClashAnalyzer : WorkflowAnalyzer
{
    /// <inheritdoc/>
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } = [Rules.NameClash];

    private protected override void Register(CompilationStartAnalysisContext start, KnownTypes types)
    {
        var tasks = new TaskGraph(types);
        start.RegisterSymbolAction(symbol => tasks.Add((INamedTypeSymbol)symbol.Symbol), SymbolKind.NamedType);
        start.RegisterOperationBlockAction(block => DefinedNames.Check(block, types));
        start.RegisterCompilationEndAction(end => CheckTasks(end, tasks.Tasks, types));
    }

    private static void CheckTasks(CompilationAnalysisContext end, IReadOnlyList<INamedTypeSymbol> tasks, KnownTypes types)
    {
        foreach (var group in tasks.GroupBy(NameOf, StringComparer.OrdinalIgnoreCase).Where(group => group.Any(types.IsStepTask)))
        {
            foreach (var task in group.Skip(1))
            {
                end.ReportDiagnostic(Finding.Of(
                    Rules.NameClash, task.Locations[0], $"two tasks are called '{NameOf(task)}': '{group.First().Name}' and '{task.Name}'",
                    "give one another TaskName; names of tasks do not differ by case"));
            }
        }
    }

    private static string NameOf(INamedTypeSymbol task) =>
        task.GetAttributes().FirstOrDefault(attribute => attribute.AttributeClass?.Name == "TaskNameAttribute") is { ConstructorArguments: [{ Value: string name }] } ? name : task.Name;
}
