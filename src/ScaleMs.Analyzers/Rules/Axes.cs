using System;
using System.Collections.Generic;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace ScaleMs.Analyzers;

/// <summary>Axes and members of expansions.</summary>
internal static class Axes
{
    /// <summary>Looks for axes of one member with one name, and for members with one name.</summary>
    /// <param name="call">A call of a builder.</param>
    /// <param name="types">The types that workflows are declared with.</param>
    /// <param name="report">Takes what is found.</param>
    public static void Check(IInvocationOperation call, KnownTypes types, Action<Diagnostic> report)
    {
        var axes = Of(call).ToList();
        var outer = Outer(call, types).ToList();
        for (var i = 0; i < axes.Count; i++)
        {
            var name = Texts.Constant(axes[i]);
            if (name is not null && axes.Take(i).Concat(outer).Any(other => Texts.Constant(other) == name))
            {
                report(Finding.Of(Rules.NameClash, axes[i].Syntax, $"a member has the axis '{name}' twice, as in '{name}=…,{name}=…'", "give one of the axes another name"));
            }
        }

        CheckMembers(call, report);
    }

    /// <summary>The names of the axes over which a call expands.</summary>
    private static IEnumerable<IOperation> Of(IInvocationOperation call) => call.TargetMethod.Name == "Cross"
        ? call.Arguments.Select(argument => Texts.Unwrap(argument.Value)).OfType<IObjectCreationOperation>()
            .Where(axis => axis.Type?.Name == "Axis" && axis.Arguments.Length > 0).Select(axis => axis.Arguments[0].Value)
        : Texts.Argument(call, "axis") is { } axis ? [axis] : [];

    /// <summary>The axes of the member whose builder the call uses, as far as the code shows them.</summary>
    private static IEnumerable<IOperation> Outer(IInvocationOperation call, KnownTypes types)
    {
        while (Texts.Unwrap(call.Instance) is IParameterReferenceOperation builder && Expansion(call, builder.Parameter, types) is { } outer)
        {
            foreach (var axis in Of(outer))
            {
                yield return axis;
            }

            call = outer;
        }
    }

    /// <summary>The call to which the function with this parameter is given.</summary>
    private static IInvocationOperation? Expansion(IInvocationOperation call, IParameterSymbol builder, KnownTypes types)
    {
        IOperation? part = call;
        while (part is not null && !(part is IAnonymousFunctionOperation lambda && KnownTypes.Is(lambda.Symbol, builder.ContainingSymbol)))
        {
            part = part.Parent;
        }

        return part?.Parent is IDelegateCreationOperation { Parent: IArgumentOperation { Parent: IInvocationOperation outer } } && KnownTypes.Is(outer.TargetMethod.ContainingType, types.Builder)
            ? outer
            : null;
    }

    private static void CheckMembers(IInvocationOperation call, Action<Diagnostic> report)
    {
        if (call.TargetMethod.Name != "ForEach" || !IsItself(Texts.Lambda(Texts.Argument(call, "name"))))
        {
            return;
        }

        var names = new HashSet<object>();
        foreach (var item in Texts.Elements(Texts.Argument(call, "items")))
        {
            if (Texts.Unwrap(item)?.ConstantValue is { HasValue: true, Value: { } value } && !names.Add(value))
            {
                report(Finding.Of(Rules.NameClash, item.Syntax, $"two members are called '{value}'", "give one another name, or the members of an expansion different names"));
            }
        }
    }

    /// <summary>Whether a function returns what it is given.</summary>
    private static bool IsItself(IAnonymousFunctionOperation? lambda) =>
        lambda?.Body.Operations is [IReturnOperation { ReturnedValue: { } value }] && Texts.Unwrap(value) is IParameterReferenceOperation parameter && KnownTypes.Is(parameter.Parameter, lambda.Symbol.Parameters[0]);
}
