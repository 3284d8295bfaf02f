using System.Collections.Generic;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace ScaleMs.Analyzers;

/// <summary>Parts of code that run as a whole or not at all: what stands in two of them need never come together.</summary>
internal static class Region
{
    /// <summary>The innermost part: a branch, the body of a loop, a function, or the whole code.</summary>
    public static IOperation Of(IOperation operation)
    {
        while (operation.Parent is { } parent && !IsPart(parent, operation))
        {
            operation = parent;
        }

        return operation;
    }

    /// <summary>Whether it happens whenever the method runs: it stands in no part, and after nothing that may end the method before.</summary>
    public static bool IsCertain(IOperation operation) => Of(operation) is { Parent: null or IMethodBodyBaseOperation } whole
        && !Inside(whole).Any(exit => IsExit(exit) && exit.Syntax.Span.End <= operation.Syntax.SpanStart);

    /// <summary>The code itself, without that of functions in it.</summary>
    private static IEnumerable<IOperation> Inside(IOperation code) =>
        code is IAnonymousFunctionOperation or ILocalFunctionOperation ? [] : code.ChildOperations.SelectMany(Inside).Prepend(code);

    private static bool IsExit(IOperation operation) => operation switch
    {
        IReturnOperation returned => returned.Kind != OperationKind.YieldReturn,
        IThrowOperation => true,
        IBranchOperation branch => branch.BranchKind == BranchKind.GoTo,
        _ => false,
    };

    private static bool IsPart(IOperation parent, IOperation part) => parent switch
    {
        IConditionalOperation conditional => conditional.Condition != part,
        ISwitchOperation choice => choice.Value != part,
        ISwitchExpressionOperation choice => choice.Value != part,
        ILoopOperation loop => loop.Body == part,
        ICoalesceOperation coalesce => coalesce.WhenNull == part,
        IConditionalAccessOperation access => access.WhenNotNull == part,
        IBinaryOperation { OperatorKind: BinaryOperatorKind.ConditionalAnd or BinaryOperatorKind.ConditionalOr } binary => binary.RightOperand == part,
        ITryOperation attempt => attempt.Body != part && attempt.Finally != part,
        IAnonymousFunctionOperation or ILocalFunctionOperation => true,
        _ => false,
    };
}
