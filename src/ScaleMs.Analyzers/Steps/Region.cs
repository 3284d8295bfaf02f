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

    /// <summary>Whether it is the whole code of a method.</summary>
    public static bool IsWhole(IOperation region) => region.Parent is null or IMethodBodyBaseOperation;

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
