using Microsoft.CodeAnalysis;

namespace ScaleMs.Analyzers;

/// <summary>The types with which a compilation declares workflows.</summary>
internal sealed class KnownTypes
{
    private readonly Compilation _compilation;

    private KnownTypes(Compilation compilation, INamedTypeSymbol step, INamedTypeSymbol builder)
    {
        _compilation = compilation;
        (Step, Builder) = (step, builder);
        StepTask = Find("ScaleMs.StepTask`1");
        Context = Find("ScaleMs.ScaleMsContext");
        Secret = Find("ScaleMs.Secret");
        Members = Find("ScaleMs.Members`2");
        Result = Find("ScaleMs.Result`1");
        OutputFile = Find("ScaleMs.OutputFile");
        FrostingTask = Find("Cake.Frosting.IFrostingTask");
    }

    public INamedTypeSymbol Step { get; }

    public INamedTypeSymbol Builder { get; }

    public INamedTypeSymbol? StepTask { get; }

    public INamedTypeSymbol? Context { get; }

    public INamedTypeSymbol? Secret { get; }

    public INamedTypeSymbol? Members { get; }

    public INamedTypeSymbol? Result { get; }

    public INamedTypeSymbol? OutputFile { get; }

    public INamedTypeSymbol? FrostingTask { get; }

    /// <summary>The types; null in a compilation that declares no workflows.</summary>
    public static KnownTypes? Of(Compilation compilation) =>
        compilation.GetTypeByMetadataName("ScaleMs.Step") is { } step && compilation.GetTypeByMetadataName("ScaleMs.StepBuilder") is { } builder
            ? new KnownTypes(compilation, step, builder)
            : null;

    public static bool Is(ISymbol? one, ISymbol? other) => one is not null && SymbolEqualityComparer.Default.Equals(one, other);

    public bool IsStepTask(ITypeSymbol type) => Derives(type, StepTask);

    public bool IsContext(ITypeSymbol? type) => type is not null && (Is(type, Context) || Derives(type, Context));

    public bool IsTask(ITypeSymbol type)
    {
        foreach (var each in type.AllInterfaces)
        {
            if (Is(each, FrostingTask))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Whether a method takes a builder: its code defines steps.</summary>
    public bool Defines(IMethodSymbol method)
    {
        foreach (var parameter in method.Parameters)
        {
            if (Is(parameter.Type, Builder))
            {
                return true;
            }
        }

        return false;
    }

    public INamedTypeSymbol? Find(string name) => _compilation.GetTypeByMetadataName(name);

    private static bool Derives(ITypeSymbol type, INamedTypeSymbol? from)
    {
        for (var part = type.BaseType; part is not null && from is not null; part = part.BaseType)
        {
            if (Is(part.OriginalDefinition, from))
            {
                return true;
            }
        }

        return false;
    }
}
