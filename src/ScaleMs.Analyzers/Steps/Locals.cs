using System.Collections.Generic;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace ScaleMs.Analyzers;

/// <summary>The variables of some code that keep the value which they are declared with.</summary>
internal sealed class Locals
{
    private readonly Dictionary<ILocalSymbol, IOperation> _values = new(SymbolEqualityComparer.Default);

    public Locals(IEnumerable<IOperation> operations)
    {
        var changed = new List<ILocalSymbol>();
        foreach (var operation in operations)
        {
            if (operation is IVariableDeclaratorOperation { Symbol: var local } declarator && declarator.GetVariableInitializer() is { } initializer)
            {
                _values[local] = initializer.Value;
            }
            else if (operation is ILocalReferenceOperation reference && IsChanged(reference))
            {
                changed.Add(reference.Local);
            }
        }

        changed.ForEach(local => _values.Remove(local));
    }

    /// <summary>The value; null when it may have several, or comes from elsewhere.</summary>
    public IOperation? ValueOf(ILocalSymbol local) => _values.TryGetValue(local, out var value) ? value : null;

    private static bool IsChanged(ILocalReferenceOperation reference) => reference.Parent switch
    {
        IAssignmentOperation assignment => assignment.Target == reference,
        IIncrementOrDecrementOperation => true,
        IArgumentOperation argument => argument.Parameter is { RefKind: not RefKind.None and not RefKind.In },
        ITupleOperation { Parent: IDeconstructionAssignmentOperation } => true,
        _ => false,
    };
}
