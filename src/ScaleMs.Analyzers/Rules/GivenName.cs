using System;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace ScaleMs.Analyzers;

/// <summary>A name that a builder gives to a step or to a recipe in use. Two are equal when their steps are certainly called the same.</summary>
internal sealed class GivenName : IEquatable<GivenName>
{
    private readonly ISymbol _builder;
    private readonly IOperation _region;
    private readonly string _name;
    private readonly ITypeSymbol? _recipe;

    private GivenName(ISymbol builder, IInvocationOperation call, string name, ITypeSymbol? recipe)
    {
        (_builder, _region, _name, _recipe) = (builder, Region.Of(call), name, recipe);
        Place = (Texts.Argument(call, "name") ?? call).Syntax;
    }

    public SyntaxNode Place { get; }

    /// <summary>What is wrong where there are two.</summary>
    public string What => _recipe is null ? $"two steps are called '{_name}'"
        : $"recipe '{_recipe.Name}' is used twice as '{_name}', so its steps have the same names";

    /// <summary>The name that a call gives; null when the code does not show it.</summary>
    public static GivenName? Of(IInvocationOperation call) => Builder(call) is not { } builder ? null : call.TargetMethod.Name switch
    {
        "Step" when Texts.Constant(Texts.Argument(call, "name")) is { } name => new GivenName(builder, call, name, null),
        // Without a name of its own, a recipe may name its steps by its options.
        "Use" when Texts.Constant(Texts.Argument(call, "name")) is { } name && Texts.Unwrap(Texts.Argument(call, "recipe"))?.Type is { IsAbstract: false } recipe => new GivenName(builder, call, name, recipe),
        _ => null,
    };

    public bool Equals(GivenName? other) => other is not null && _name == other._name && _region == other._region
        && KnownTypes.Is(_builder, other._builder) && SymbolEqualityComparer.Default.Equals(_recipe, other._recipe);

    public override bool Equals(object? obj) => Equals(obj as GivenName);

    public override int GetHashCode() => StringComparer.Ordinal.GetHashCode(_name);

    private static ISymbol? Builder(IInvocationOperation call) => Texts.Unwrap(call.Instance) switch
    {
        IParameterReferenceOperation parameter => parameter.Parameter,
        ILocalReferenceOperation local => local.Local,
        _ => null,
    };
}
