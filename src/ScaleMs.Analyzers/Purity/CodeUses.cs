using System.Collections.Generic;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace ScaleMs.Analyzers;

/// <summary>What the code of one member uses and calls, apart for the parts that define steps.</summary>
internal sealed class CodeUses
{
    private readonly KnownTypes _types;

    private CodeUses(KnownTypes types) => _types = types;

    /// <summary>What code that defines steps uses.</summary>
    public List<Use> Defining { get; } = [];

    /// <summary>What code that defines steps calls.</summary>
    public List<ISymbol> CalledDefining { get; } = [];

    /// <summary>What the other code uses: it counts when defining code gets there.</summary>
    public List<Use> Other { get; } = [];

    /// <summary>What the other code calls.</summary>
    public List<ISymbol> Called { get; } = [];

    /// <summary>Reads the code of a member.</summary>
    /// <param name="code">The code.</param>
    /// <param name="isDefining">Whether all of it defines steps; else those functions in it do that take a builder.</param>
    /// <param name="types">The types that workflows are declared with.</param>
    public static CodeUses Of(IEnumerable<IOperation> code, bool isDefining, KnownTypes types)
    {
        var uses = new CodeUses(types);
        foreach (var part in code)
        {
            uses.Read(part, isDefining);
        }

        return uses;
    }

    private void Read(IOperation operation, bool isDefining)
    {
        isDefining |= operation is IAnonymousFunctionOperation lambda && _types.Defines(lambda.Symbol);
        if (MemberOf(operation) is { } member)
        {
            Add(operation, member, isDefining);
        }

        foreach (var part in operation.ChildOperations)
        {
            if (!RunsLater(part))
            {
                Read(part, isDefining);
            }
        }
    }

    private void Add(IOperation operation, ISymbol member, bool isDefining)
    {
        if (ImpureMembers.Of(member) is { } impurity)
        {
            (isDefining ? Defining : Other).Add(new Use(operation.Syntax, NameOf(member), impurity));
        }
        else if (!member.DeclaringSyntaxReferences.IsEmpty && !IsOfARunningStep(member))
        {
            (isDefining ? CalledDefining : Called).Add(member.OriginalDefinition);
        }
    }

    private static ISymbol? MemberOf(IOperation operation) => operation switch
    {
        IInvocationOperation call => call.TargetMethod,
        IMethodReferenceOperation reference => reference.Method,
        IObjectCreationOperation creation => creation.Constructor,
        IPropertyReferenceOperation { Property: { GetMethod: { DeclaringSyntaxReferences.Length: > 0 } getter } } => getter,
        IPropertyReferenceOperation property => property.Property,
        _ => null,
    };

    private static string NameOf(ISymbol member) => member.Name == ".ctor" ? $"new {member.ContainingType.Name}" : $"{member.ContainingType.Name}.{member.Name}";

    /// <summary>Functions that a step calls when it runs, and what reads or compares the files of a step.</summary>
    private bool RunsLater(IOperation part) => part is IArgumentOperation && part.Parent switch
    {
        IInvocationOperation call => (KnownTypes.Is(call.TargetMethod.ContainingType, _types.Step) && call.TargetMethod.Name is "Call" or "ReportsProgress")
            && Texts.Unwrap(((IArgumentOperation)part).Value) is IDelegateCreationOperation,
        IObjectCreationOperation creation => creation.Type?.ToDisplayString().StartsWith("ScaleMs.Core.", System.StringComparison.Ordinal) == true
            && Texts.Unwrap(((IArgumentOperation)part).Value) is IDelegateCreationOperation,
        _ => false,
    };

    /// <summary>A function that takes the files of a step runs with it.</summary>
    private static bool IsOfARunningStep(ISymbol member)
    {
        if (member is IMethodSymbol method)
        {
            foreach (var parameter in method.Parameters)
            {
                if (parameter.Type is { Name: "StepFiles" or "InputFile" or "OutputFile" or "Result", ContainingNamespace: { Name: "ScaleMs", ContainingNamespace.IsGlobalNamespace: true } })
                {
                    return true;
                }
            }
        }

        return false;
    }
}
