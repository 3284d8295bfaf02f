using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace ScaleMs.Analyzers;

/// <summary>Values that come from a secret, or from a variable that is called like one.</summary>
internal sealed class SecretValues(KnownTypes types, Locals locals)
{
    /// <summary>What is wrong with a value that is written down in clear, as the end of a sentence; null when nothing is.</summary>
    public string? ProblemOf(IOperation value)
    {
        var known = Texts.Unwrap(value) is ILocalReferenceOperation local ? locals.ValueOf(local.Local) ?? value : value;
        var parts = known.DescendantsAndSelf().ToList();
        return parts.Any(IsSecret) ? "holds a secret as text, which is not the value: a secret is never part of a text"
            : parts.OfType<IInvocationOperation>().Select(VariableOf).FirstOrDefault(name => name is not null) is { } variable ? $"holds the value of the variable '{variable}', which looks like a secret"
            : null;
    }

    /// <summary>A secret that is used as a value; its name and version are no secrets.</summary>
    private bool IsSecret(IOperation part) =>
        part is not IConversionOperation && KnownTypes.Is(part.Type, types.Secret) && Texts.UserOf(part) is not IPropertyReferenceOperation;

    /// <summary>The variable that looks like a secret and whose value a call gives.</summary>
    private string? VariableOf(IInvocationOperation call)
    {
        var isRead = call.TargetMethod is { Name: "Env" } && types.IsContext(call.TargetMethod.ContainingType)
            || call.TargetMethod is { Name: "GetEnvironmentVariable", ContainingType.Name: "Environment" or "ICakeEnvironment" };
        return isRead && call.Arguments.Length > 0 && Texts.Constant(call.Arguments[0].Value) is { } name && SecretText.IsVariable(name) ? name : null;
    }
}
