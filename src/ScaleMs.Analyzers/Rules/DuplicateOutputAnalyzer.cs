using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;

namespace ScaleMs.Analyzers;

/// <summary>SMS5002: one name for two things in a step's directory, one published path for two outputs.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class DuplicateOutputAnalyzer : WorkflowAnalyzer
{
    private const string Elsewhere = "publish one of them elsewhere; a member's path should hold the member's name";

    /// <inheritdoc/>
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } = [Rules.DuplicateOutput];

    private protected override void Register(CompilationStartAnalysisContext start, KnownTypes types)
    {
        var tasks = new TaskGraph(types);
        var published = new PublishedPaths();
        start.RegisterSymbolAction(symbol => tasks.Add((INamedTypeSymbol)symbol.Symbol), SymbolKind.NamedType);
        start.RegisterOperationBlockAction(block =>
        {
            if (DeclaredSteps.In(block.OperationBlocks, types) is { } steps)
            {
                Check(block, steps, published);
            }
        });
        start.RegisterCompilationEndAction(end =>
        {
            foreach (var (first, second) in published.Shared(tasks))
            {
                end.ReportDiagnostic(Same(first, second));
            }
        });
    }

    private static void Check(OperationBlockAnalysisContext block, DeclaredSteps steps, PublishedPaths published)
    {
        var paths = new Dictionary<(string, IOperation), PublishedPath>();
        foreach (var step in steps.All)
        {
            CheckNames(block, step);
            foreach (var path in PublishedPath.Of(step, block.OwningSymbol.ContainingType))
            {
                if (paths.TryGetValue((path.Text, path.Region), out var other))
                {
                    block.ReportDiagnostic(Same(other, path));
                }
                else
                {
                    paths.Add((path.Text, path.Region), path);
                }
            }
        }

        if (block.OwningSymbol is IMethodSymbol { Name: "Define" })
        {
            published.Add(paths.Values.Where(path => Region.IsCertain(path.Value)));
        }
    }

    /// <summary>An input that is edited in place may be an output too; no other name is there twice.</summary>
    private static void CheckNames(OperationBlockAnalysisContext block, DeclaredStep step)
    {
        var taken = new HashSet<(string, bool, IOperation)>();
        foreach (var name in DirectoryName.Of(step).Where(name => name.Text is not null))
        {
            var region = Region.Of(name.Call);
            var isTaken = name.Kind == NameKind.Edited
                ? !taken.Add((name.Text!, true, region))
                : !taken.Add((name.Text!, false, region));
            if (isTaken)
            {
                block.ReportDiagnostic(Finding.Of(
                    Rules.DuplicateOutput, name.Place, $"{step.Title} uses the name '{name.Text}' twice in its directory",
                    "give each input, template and output its own name; a file edited in place is declared with Edit"));
            }
        }
    }

    private static Diagnostic Same(PublishedPath first, PublishedPath second) => Finding.Of(
        Rules.DuplicateOutput, second.Place,
        first.Step == second.Step ? $"{second.Step.Title} publishes '{second.Text}' twice" : $"{Both(first.Step, second.Step)} both publish '{second.Text}'",
        Elsewhere);

    private static string Both(DeclaredStep first, DeclaredStep second) =>
        first.Name is null || second.Name is null ? "two steps" : $"steps '{first.Name}' and '{second.Name}'";
}
