using System.Collections.Generic;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace ScaleMs.Analyzers;

/// <summary>Values and texts in calls, as far as the source shows them.</summary>
internal static class Texts
{
    /// <summary>A value without conversions and parentheses.</summary>
    public static IOperation? Unwrap(IOperation? value)
    {
        while (true)
        {
            switch (value)
            {
                case IConversionOperation conversion:
                    value = conversion.Operand;
                    break;
                case IParenthesizedOperation parenthesized:
                    value = parenthesized.Operand;
                    break;
                default:
                    return value;
            }
        }
    }

    /// <summary>What uses a value, past conversions and parentheses.</summary>
    public static IOperation? UserOf(IOperation value)
    {
        var user = value.Parent;
        while (user is IConversionOperation or IParenthesizedOperation)
        {
            user = user.Parent;
        }

        return user;
    }

    /// <summary>The text of a constant; null when it is none.</summary>
    public static string? Constant(IOperation? value) => Unwrap(value)?.ConstantValue is { HasValue: true, Value: string text } ? text : null;

    /// <summary>The argument of a parameter that the call names; null when it is left to its default.</summary>
    public static IOperation? Argument(IInvocationOperation call, string parameter)
    {
        foreach (var argument in call.Arguments)
        {
            if (argument.Parameter?.Name == parameter && argument.ArgumentKind != ArgumentKind.DefaultValue)
            {
                return argument.Value;
            }
        }

        return null;
    }

    /// <summary>The elements of an array or a collection that is written down; nothing of any other value. What is spread into it comes as a whole.</summary>
    public static IEnumerable<IOperation> Elements(IOperation? value) => Unwrap(value) switch
    {
        IArrayCreationOperation { Initializer: { } initializer } => initializer.ElementValues,
        ICollectionExpressionOperation collection => collection.Elements,
        _ => [],
    };

    /// <summary>The function that is written down as an argument; null when it is a method or a value.</summary>
    public static IAnonymousFunctionOperation? Lambda(IOperation? value) => Unwrap(value) switch
    {
        IDelegateCreationOperation { Target: IAnonymousFunctionOperation lambda } => lambda,
        IAnonymousFunctionOperation lambda => lambda,
        _ => null,
    };
}
