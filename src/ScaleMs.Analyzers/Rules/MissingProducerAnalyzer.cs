using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;
using ScaleMs.Core.Faults;

namespace ScaleMs.Analyzers;

/// <summary>SMS5001: handles to outputs, and changes of outputs, that a step does not declare. Only steps that the code shows whole are looked at.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class MissingProducerAnalyzer : WorkflowAnalyzer
{
    /// <inheritdoc/>
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } = [Rules.MissingProducer];

    private protected override void Register(CompilationStartAnalysisContext start, KnownTypes types) => start.RegisterOperationBlockAction(block =>
    {
        if (DeclaredSteps.In(block.OperationBlocks, types) is not { } steps)
        {
            return;
        }

        foreach (var handle in steps.Operations.OfType<IInvocationOperation>())
        {
            CheckHandle(block, steps, handle);
        }

        foreach (var step in steps.All.Where(step => !step.Escapes))
        {
            CommandFiles.Check(step, steps, block.ReportDiagnostic);
        }
    });

    private static void CheckHandle(OperationBlockAnalysisContext block, DeclaredSteps steps, IInvocationOperation handle)
    {
        if (Texts.Argument(handle, "path") is { } place && Texts.Constant(place) is { } path && StepOf(steps, handle) is { Escapes: false } step
            && OutputsOf(step) is { } outputs && !outputs.Any(output => Makes(output, path)))
        {
            block.ReportDiagnostic(Missing(place.Syntax, path, step, [.. outputs.Select(output => output.Text!)], Reader(steps, handle)));
        }
    }

    private static DeclaredStep? StepOf(DeclaredSteps steps, IInvocationOperation handle) => handle.TargetMethod switch
    {
        { Name: "File" or "Tree" or "ChangeOutput", ContainingType.Name: "Step" } => steps.Of(handle.Instance),
        { Name: "Files", ContainingType.Name: "MemberFiles" } => steps.OfMembers(Texts.Argument(handle, "members")),
        _ => null,
    };

    /// <summary>All outputs of a step; null when the code does not show them.</summary>
    private static List<DirectoryName>? OutputsOf(DeclaredStep step)
    {
        var outputs = DirectoryName.Of(step).Where(name => name.IsOutput).ToList();
        return outputs.Exists(output => output.Text is null) ? null : outputs;
    }

    private static bool Makes(DirectoryName output, string path) =>
        output.Text == path || (output.Kind == NameKind.Tree && path.StartsWith(output.Text + "/", System.StringComparison.Ordinal));

    /// <summary>Who takes the handle as an input.</summary>
    private static string Reader(DeclaredSteps steps, IInvocationOperation handle) =>
        Texts.UserOf(handle) is IArgumentOperation { Parent: IInvocationOperation { TargetMethod.Name: "Input" or "Edit" } input } && steps.Of(input.Instance) is { } reader
            ? reader.Title
            : "the definition";

    private static Diagnostic Missing(SyntaxNode place, string path, DeclaredStep step, IReadOnlyList<string> outputs, string reader)
    {
        var near = Nearest.To(path, outputs);
        var declare = $"declare '{path}' as an output of {step.Title}";
        return Finding.Of(
            Rules.MissingProducer, place, $"{reader} needs '{path}' of {step.Title}, which declares no such output", near is null ? declare : $"use '{near}', or {declare}", near);
    }
}
