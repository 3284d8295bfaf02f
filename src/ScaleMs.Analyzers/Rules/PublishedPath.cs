using System.Collections.Generic;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace ScaleMs.Analyzers;

/// <summary>A constant path under which a step publishes something.</summary>
/// <param name="Step">The step.</param>
/// <param name="Text">The path.</param>
/// <param name="Value">Where it stands.</param>
/// <param name="Owner">The class that declares the step.</param>
internal sealed record PublishedPath(DeclaredStep Step, string Text, IOperation Value, INamedTypeSymbol? Owner)
{
    /// <summary>The output that holds what a function returns, as ScaleMs.Cake calls it.</summary>
    private const string ResultFile = "result.json";

    /// <summary>The part of the code that runs as a whole or not at all.</summary>
    public IOperation Region { get; } = Analyzers.Region.Of(Value);

    public SyntaxNode Place => Value.Syntax;

    /// <summary>What a step publishes, in the order of the source.</summary>
    public static IEnumerable<PublishedPath> Of(DeclaredStep step, INamedTypeSymbol? owner) => Values(step)
        .Where(value => Texts.Constant(value) is not null)
        .Select(value => new PublishedPath(step, Texts.Constant(value)!, value, owner));

    /// <summary>What is said last of each output, as far as the source shows which one is meant.</summary>
    private static IEnumerable<IOperation> Values(DeclaredStep step)
    {
        var changes = step.Calls.SelectMany(ChangesOf).ToList();
        return DirectoryName.Of(step).Where(name => name.Publish is not null).Select(name => (Output: name.Text, Value: name.Publish!))
            .Concat(changes)
            .Where(said => !changes.Exists(change => IsAfter(change.Value, said.Value) && (change.Output is null || said.Output is null || change.Output == said.Output)))
            .Select(said => said.Value);
    }

    private static IEnumerable<(string? Output, IOperation Value)> ChangesOf(IInvocationOperation call) => call.TargetMethod.Name switch
    {
        "Publish" when Texts.Argument(call, "path") is { } path => [(ResultFile, path)],
        "ChangeOutput" when Texts.Argument(call, "publish") is { } publish && !IsNull(publish) => [(Texts.Constant(Texts.Argument(call, "path")), publish)],
        _ => [],
    };

    private static bool IsNull(IOperation value) => Texts.Unwrap(value) is { ConstantValue: { HasValue: true, Value: null } };

    private static bool IsAfter(IOperation one, IOperation other) => one.Syntax.SpanStart > other.Syntax.SpanStart;
}
