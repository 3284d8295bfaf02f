using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;

namespace ScaleMs.Analyzers;

/// <summary>SMS5003: paths that leave the step's directory or the workspace, also those of which only the start is constant.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class EscapingPathAnalyzer : WorkflowAnalyzer
{
    private const string Relative = "use a relative path with '/' that stays inside, such as 'results/run.gro'";

    /// <inheritdoc/>
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } = [Rules.EscapingPath];

    private protected override void Register(CompilationStartAnalysisContext start, KnownTypes types) =>
        start.RegisterOperationAction(operation => Check(operation, types), OperationKind.Invocation);

    private static void Check(OperationAnalysisContext context, KnownTypes types)
    {
        var call = (IInvocationOperation)context.Operation;
        foreach (var path in PathsOf(call, types))
        {
            if (Problem(path) is var (text, problem))
            {
                var meant = Texts.Constant(path) is null ? null : PathText.Meant(text);
                context.ReportDiagnostic(Finding.Of(
                    Rules.EscapingPath, path.Syntax, $"the path '{text}' {Owner(call)}{problem}", meant is null ? Relative : $"use '{meant}'", meant));
            }
        }
    }

    private static (string Text, string Problem)? Problem(IOperation path)
    {
        if (Texts.Constant(path) is { } text)
        {
            return PathText.ProblemOf(text) is { } problem ? (text, problem) : null;
        }

        var start = Texts.Unwrap(path) is IInterpolatedStringOperation { Parts: [IInterpolatedStringTextOperation first, ..] } ? Texts.Constant(first.Text) ?? string.Empty : string.Empty;
        return PathText.ProblemOfPart(start) is { } partly ? (start + "…", partly) : null;
    }

    /// <summary>The name of the step, where the call hangs on the one that adds it.</summary>
    private static string Owner(IInvocationOperation call)
    {
        var value = Texts.Unwrap(call.Instance);
        while (value is IInvocationOperation { TargetMethod: { Name: not "Step" } or { ContainingType.Name: not "StepBuilder" } } described)
        {
            value = Texts.Unwrap(described.Instance);
        }

        return value is IInvocationOperation added && Texts.Constant(Texts.Argument(added, "name")) is { } name ? $"of step '{name}' " : string.Empty;
    }

    private static IEnumerable<IOperation> PathsOf(IInvocationOperation call, KnownTypes types)
    {
        var type = call.TargetMethod.ContainingType.OriginalDefinition;
        string[] parameters = KnownTypes.Is(type, types.Step) ? OfStep(call.TargetMethod.Name)
            : KnownTypes.Is(type, types.OutputFile) && call.TargetMethod.Name == "Named" ? ["name", "publish"]
            : KnownTypes.Is(type, types.Result) && call.TargetMethod.Name == "Publish" ? ["path"]
            : [];
        return parameters.Select(parameter => Texts.Argument(call, parameter)).OfType<IOperation>().SelectMany(Each);
    }

    private static string[] OfStep(string method) => method switch
    {
        "Output" or "OutputTree" => ["path", "publish"],
        "Input" or "Edit" or "Template" or "InputFrom" => ["name"],
        "OutputTo" or "ErrorTo" or "SecretFile" or "File" or "Tree" => ["path"],
        "Inputs" => ["folder"],
        "Checkpoint" => ["paths"],
        "ChangeOutput" => ["publish"],
        _ => [],
    };

    /// <summary>The value, or each of a list that is written down.</summary>
    private static IEnumerable<IOperation> Each(IOperation value) => value.Type is IArrayTypeSymbol ? Texts.Elements(value) : [value];
}
