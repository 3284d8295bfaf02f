using System;
using System.Collections.Generic;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;
using ScaleMs.Core.Faults;

namespace ScaleMs.Analyzers;

/// <summary>What the commands of a step use by name: files on standard input, and programs.</summary>
internal static class CommandFiles
{
    /// <summary>Looks for files and programs that a step does not declare.</summary>
    /// <param name="step">A step that no other code describes.</param>
    /// <param name="steps">The steps of the code.</param>
    /// <param name="report">Takes what is found.</param>
    public static void Check(DeclaredStep step, DeclaredSteps steps, Action<Diagnostic> report)
    {
        var names = DirectoryName.Of(step);
        if (!names.Any(name => name.Text is null))
        {
            CheckStandardInput(step, [.. names.Where(name => name.Kind != NameKind.Secret).Select(name => name.Text!)], report);
            CheckPrograms(step, program => program.StartsWith("./", StringComparison.Ordinal), [.. names.Where(IsInput).Select(name => "./" + name.Text)], report);
        }

        if (ToolsOf(step, steps) is { } tools)
        {
            CheckPrograms(step, program => !program.StartsWith("./", StringComparison.Ordinal), tools, report);
        }
    }

    private static bool IsInput(DirectoryName name) => name.Kind is NameKind.Input or NameKind.Edited;

    /// <summary>The calls that tell what runs: RunInstead replaces what stands before it, or may do so.</summary>
    private static IEnumerable<IInvocationOperation> CommandsOf(DeclaredStep step) =>
        step.Calls.Skip(Math.Max(0, step.Calls.FindLastIndex(call => call.TargetMethod.Name == "RunInstead")));

    private static void CheckStandardInput(DeclaredStep step, IReadOnlyList<string> names, Action<Diagnostic> report)
    {
        foreach (var call in CommandsOf(step).Where(call => call.TargetMethod.Name == "InputFrom"))
        {
            if (Texts.Argument(call, "name") is { } place && Texts.Constant(place) is { } file && !names.Contains(file))
            {
                var near = Nearest.To(file, names);
                report(Finding.Of(
                    Rules.MissingProducer, place.Syntax, $"{step.Title} gives its command the file '{file}' on standard input, which it does not declare",
                    near is null ? $"declare '{file}' as an input, or give a text with Answering" : $"use '{near}', or declare '{file}' as an input", near));
            }
        }
    }

    private static void CheckPrograms(DeclaredStep step, Func<string, bool> isMeant, IReadOnlyList<string> declared, Action<Diagnostic> report)
    {
        var seen = new HashSet<string>(declared, StringComparer.Ordinal);
        foreach (var call in CommandsOf(step).Where(call => call.TargetMethod.Name is "Run" or "RunInstead"))
        {
            if (Texts.Argument(call, "program") is { } place && Texts.Constant(place) is { } program && isMeant(program) && seen.Add(program))
            {
                report(Finding.Of(Rules.MissingProducer, place.Syntax, $"{step.Title} runs '{program}', which it declares neither as a tool nor as an input", Advice(program)));
            }
        }
    }

    private static string Advice(string program) => program.StartsWith("./", StringComparison.Ordinal)
        ? $"declare '{program.Substring(2)}' as an input, or run a tool by its name"
        : $"declare it with Tool(\"{program}\"), or run a declared input as './{program}'";

    /// <summary>The names of a step's tools; null when the code does not show them all.</summary>
    private static List<string>? ToolsOf(DeclaredStep step, DeclaredSteps steps)
    {
        if (step.Calls.Exists(call => !DirectoryName.IsKnown(call.TargetMethod.Name) || MayFilter(call)))
        {
            return null;
        }

        var tools = step.Calls.Where(call => call.TargetMethod.Name == "Tool").Select(call => ToolOf(call, steps)).ToList();
        return tools.Contains(null) ? null : [.. tools.OfType<string>()];
    }

    /// <summary>Whether an output may have a filter, whose program is a tool of the step.</summary>
    private static bool MayFilter(IInvocationOperation call) =>
        call.TargetMethod.Name == "Output" && Texts.Argument(call, "identity")?.Type?.Name is "FilterCommand" or "ToleranceIdentity" or "OutputIdentity";

    private static string? ToolOf(IInvocationOperation call, DeclaredSteps steps)
    {
        var tool = Texts.Unwrap(steps.ValueOf(call.Arguments[0].Value));
        return tool is IInvocationOperation { TargetMethod: { Name: "Binary" or "Versioned", ContainingType.Name: "ToolSpec" } } made
            ? Texts.Constant(Texts.Argument(made, "name"))
            : Texts.Constant(tool);
    }
}
