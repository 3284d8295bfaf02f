using System;
using System.Collections.Generic;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace ScaleMs.Analyzers;

/// <summary>Expansions whose members are one step each, and where the code reads these members.</summary>
internal sealed class MemberSteps
{
    private readonly KnownTypes _types;
    private readonly Locals _locals;
    private readonly Func<IOperation?, DeclaredStep?> _stepOf;
    private readonly Dictionary<IOperation, DeclaredStep> _byExpansion = [];
    private readonly Dictionary<IOperation, IInvocationOperation> _byReturn = [];
    private readonly Dictionary<ILocalSymbol, DeclaredStep> _variables = new(SymbolEqualityComparer.Default);
    private readonly HashSet<DeclaredStep> _passedOn = [];

    public MemberSteps(IReadOnlyList<IOperation> operations, KnownTypes types, Locals locals, Func<IOperation?, DeclaredStep?> stepOf)
    {
        (_types, _locals, _stepOf) = (types, locals, stepOf);
        foreach (var expansion in operations.OfType<IInvocationOperation>().Where(IsExpansion))
        {
            Add(expansion);
        }

        foreach (var loop in operations.OfType<IForEachLoopOperation>())
        {
            AddVariable(loop);
        }

        foreach (var operation in operations.Where(operation => operation is IInvocationOperation or ILocalReferenceOperation))
        {
            if (Of(operation) is { } step && !IsRead(operation))
            {
                _passedOn.Add(step);
            }
        }
    }

    /// <summary>The step whose members a value is.</summary>
    public DeclaredStep? Of(IOperation? value)
    {
        value = Texts.Unwrap(value);
        if (value is ILocalReferenceOperation local)
        {
            value = Texts.Unwrap(_locals.ValueOf(local.Local));
        }

        return value is not null && _byExpansion.TryGetValue(value, out var step) ? step : null;
    }

    /// <summary>The step that the variable of a loop over members is.</summary>
    public DeclaredStep? OfVariable(ILocalSymbol local) => _variables.TryGetValue(local, out var step) ? step : null;

    /// <summary>Whether all that happens with the step that a function returns is seen.</summary>
    public bool IsFollowed(IReturnOperation returned) =>
        _byReturn.TryGetValue(returned, out var expansion) && _byExpansion.TryGetValue(expansion, out var step) && !_passedOn.Contains(step);

    private bool IsExpansion(IInvocationOperation call) => KnownTypes.Is(call.TargetMethod.ContainingType, _types.Builder)
        && call.Type is INamedTypeSymbol { TypeArguments: [_, var handles] } type && KnownTypes.Is(type.OriginalDefinition, _types.Members) && KnownTypes.Is(handles, _types.Step);

    private void Add(IInvocationOperation expansion)
    {
        var lambda = Texts.Lambda(Texts.Argument(expansion, "define") ?? Texts.Argument(expansion, "each"));
        var returns = lambda?.Body.Descendants().OfType<IReturnOperation>().Where(returned => FunctionOf(returned) == lambda).ToList();
        if (returns is [var only] && _stepOf(only.ReturnedValue) is { } step)
        {
            _byExpansion.Add(expansion, step);
            _byReturn.Add(only, expansion);
        }
    }

    private void AddVariable(IForEachLoopOperation loop)
    {
        if (Of(loop.Collection) is { } step && loop.LoopControlVariable is IDeclarationExpressionOperation { Expression: ITupleOperation { Elements: [_, ILocalReferenceOperation variable] } })
        {
            _variables[variable.Local] = step;
        }
    }

    private bool IsRead(IOperation members) => Texts.UserOf(members) switch
    {
        IExpressionStatementOperation => true,
        IVariableInitializerOperation { Parent: IVariableDeclaratorOperation declarator } => _locals.ValueOf(declarator.Symbol) is not null,
        IForEachLoopOperation loop => loop.LoopControlVariable is IDeclarationExpressionOperation { Expression: ITupleOperation { Elements: [_, ILocalReferenceOperation or IDiscardOperation] } },
        IArgumentOperation { Parent: IInvocationOperation call } => call.TargetMethod.ContainingType is { Name: "MemberFiles", ContainingNamespace: { Name: "ScaleMs", ContainingNamespace.IsGlobalNamespace: true } },
        _ => false,
    };

    private static IOperation? FunctionOf(IOperation operation)
    {
        var part = operation.Parent;
        while (part is not null and not IAnonymousFunctionOperation and not ILocalFunctionOperation)
        {
            part = part.Parent;
        }

        return part;
    }
}
