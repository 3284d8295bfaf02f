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
    /// <summary>The part of the code that runs as a whole or not at all.</summary>
    public IOperation Region { get; } = Analyzers.Region.Of(Value);

    public SyntaxNode Place => Value.Syntax;

    /// <summary>What a step publishes, in the order of the source.</summary>
    public static IEnumerable<PublishedPath> Of(DeclaredStep step, INamedTypeSymbol? owner) => Values(step)
        .Where(value => Texts.Constant(value) is not null)
        .Select(value => new PublishedPath(step, Texts.Constant(value)!, value, owner));

    private static IEnumerable<IOperation> Values(DeclaredStep step) => DirectoryName.Of(step).Select(name => name.Publish)
        .Concat(step.Calls.Where(call => call.TargetMethod.Name == "Publish").Select(call => Texts.Argument(call, "path")))
        .OfType<IOperation>();
}
