using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;

namespace ScaleMs.Analyzers;

/// <summary>SMS5007: secrets in what a step is told in clear: arguments, variables, parameters and standard input.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class SecretInCommandAnalyzer : WorkflowAnalyzer
{
    private const string Give = "give it to the step by a variable, with Secret(\"VARIABLE\", secret), or by a file, with SecretFile(\"path\", secret)";

    /// <inheritdoc/>
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } = [Rules.SecretInCommand];

    private protected override void Register(CompilationStartAnalysisContext start, KnownTypes types) => start.RegisterOperationBlockAction(block =>
    {
        var operations = block.OperationBlocks.SelectMany(code => code.DescendantsAndSelf()).ToList();
        var calls = operations.OfType<IInvocationOperation>().Where(call => KnownTypes.Is(call.TargetMethod.ContainingType, types.Step) && PlaceOf(call) is not null).ToList();
        if (calls.Count > 0)
        {
            var values = new SecretValues(types, new Locals(operations));
            calls.ForEach(call => Check(block, call, values));
        }
    });

    private static void Check(OperationBlockAnalysisContext block, IInvocationOperation call, SecretValues values)
    {
        string? before = null;
        foreach (var text in TextsOf(call))
        {
            var constant = Texts.Constant(text);
            if (values.ProblemOf(text) is { } problem)
            {
                block.ReportDiagnostic(Finding.Of(Rules.SecretInCommand, text.Syntax, $"{PlaceOf(call)} {problem}", Give));
            }
            else if (constant is not null && SecretText.IsArgument(constant, before))
            {
                block.ReportDiagnostic(Finding.Of(
                    Rules.SecretInCommand, text.Syntax, $"{PlaceOf(call)} holds what looks like the value of a secret",
                    "declare it with context.Secret, " + Give + "; change the value if it was ever real"));
            }

            before = constant;
        }
    }

    /// <summary>What of a step a call describes in clear; null for other calls.</summary>
    private static string? PlaceOf(IInvocationOperation call) => call.TargetMethod.Name switch
    {
        "Run" or "RunInstead" or "Through" => "an argument",
        "Answering" => "the standard input",
        "Environment" => "a variable",
        "Parameter" or "Contract" => "a parameter",
        "Template" => "a template's value",
        _ => null,
    };

    private static IEnumerable<IOperation> TextsOf(IInvocationOperation call) => call.TargetMethod.Name switch
    {
        "Run" or "RunInstead" or "Through" => Texts.Elements(Texts.Argument(call, "arguments")),
        "Answering" => Given(call, "text"),
        "Environment" or "Parameter" => Given(call, "value"),
        "Contract" => Given(call, "parameters"),
        _ => Given(call, "values"),
    };

    private static IEnumerable<IOperation> Given(IInvocationOperation call, string parameter) => Texts.Argument(call, parameter) is { } value ? [value] : [];
}
