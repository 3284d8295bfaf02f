using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace ScaleMs.Analyzers;

/// <summary>The steps that the code of one method adds: which calls describe which of them, followed through variables that do not change.</summary>
internal sealed class DeclaredSteps
{
    private readonly KnownTypes _types;
    private readonly Locals _locals;
    private readonly Dictionary<IOperation, DeclaredStep> _byCreation = [];
    private readonly MemberSteps _members;

    private DeclaredSteps(ImmutableArray<IOperation> blocks, KnownTypes types)
    {
        _types = types;
        Operations = [.. blocks.SelectMany(block => block.DescendantsAndSelf())];
        _locals = new Locals(Operations);
        foreach (var creation in Operations.OfType<IInvocationOperation>().Where(IsCreation))
        {
            _byCreation.Add(creation, new DeclaredStep(creation));
        }

        _members = new MemberSteps(Operations, types, _locals, Of);
        foreach (var operation in Operations)
        {
            Read(operation);
        }

        foreach (var step in All)
        {
            // Of a chain, the last call is the outermost operation.
            step.Calls.Sort((one, other) => one.Syntax.Span.End.CompareTo(other.Syntax.Span.End));
        }
    }

    /// <summary>The whole code, in the order of the source.</summary>
    public IReadOnlyList<IOperation> Operations { get; }

    /// <summary>The steps in the order of the source.</summary>
    public IEnumerable<DeclaredStep> All => _byCreation.Values;

    /// <summary>Reads the code of a method; null when it adds no step.</summary>
    public static DeclaredSteps? In(ImmutableArray<IOperation> blocks, KnownTypes types)
    {
        var steps = new DeclaredSteps(blocks, types);
        return steps._byCreation.Count > 0 ? steps : null;
    }

    /// <summary>The step that a value is; null when the code does not show it.</summary>
    public DeclaredStep? Of(IOperation? value)
    {
        while (true)
        {
            switch (Texts.Unwrap(value))
            {
                case IInvocationOperation call when _byCreation.TryGetValue(call, out var step):
                    return step;
                case IInvocationOperation call when IsChained(call):
                    value = call.Instance;
                    break;
                case IPropertyReferenceOperation { Property.Name: "Step", Instance: { } result } when IsResult(result.Type):
                    value = result;
                    break;
                case ILocalReferenceOperation local when _members?.OfVariable(local.Local) is { } member:
                    return member;
                case ILocalReferenceOperation local:
                    value = _locals.ValueOf(local.Local);
                    break;
                default:
                    return null;
            }
        }
    }

    /// <summary>The step whose members a value is; null when the code does not show it.</summary>
    public DeclaredStep? OfMembers(IOperation? value) => _members.Of(value);

    /// <summary>The value of a variable that does not change, else the value itself.</summary>
    public IOperation? ValueOf(IOperation? value) =>
        Texts.Unwrap(value) is ILocalReferenceOperation local && _locals.ValueOf(local.Local) is { } known ? known : value;

    private void Read(IOperation operation)
    {
        if (operation is IInvocationOperation call && IsOfStep(call) && Of(call.Instance) is { } described)
        {
            described.Calls.Add(call);
        }

        if (operation is IInvocationOperation or ILocalReferenceOperation { IsDeclaration: false } && IsHandle(operation.Type) && Of(operation) is { } step && !IsFollowed(operation))
        {
            step.Escapes = true;
        }
    }

    /// <summary>Whether all that happens with a value is seen.</summary>
    private bool IsFollowed(IOperation value) => Texts.UserOf(value) switch
    {
        IInvocationOperation call => IsOfStep(call) && Texts.Unwrap(call.Instance) == value,
        IPropertyReferenceOperation or IExpressionStatementOperation => true,
        IVariableInitializerOperation { Parent: IVariableDeclaratorOperation declarator } => _locals.ValueOf(declarator.Symbol) is not null,
        ISimpleAssignmentOperation assignment => assignment.Target is IDiscardOperation,
        IReturnOperation returned => _members.IsFollowed(returned),
        _ => false,
    };

    private bool IsCreation(IInvocationOperation call) => call.TargetMethod.Name == "Step" && KnownTypes.Is(call.TargetMethod.ContainingType, _types.Builder);

    private bool IsOfStep(IInvocationOperation call) => call.Instance is not null && IsHandle(call.TargetMethod.ContainingType);

    private bool IsChained(IInvocationOperation call) => IsOfStep(call) && IsHandle(call.TargetMethod.ReturnType);

    private bool IsHandle(ITypeSymbol? type) => KnownTypes.Is(type, _types.Step) || IsResult(type);

    private bool IsResult(ITypeSymbol? type) => KnownTypes.Is(type?.OriginalDefinition, _types.Result);
}
