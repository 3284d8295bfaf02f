using System.Reflection;
using ScaleMs.Core.Model;
using ScaleMs.Engine.Functions;

namespace ScaleMs;

/// <summary>Describes a static method as an operation, and finds it again.</summary>
internal static class FunctionOperation
{
    /// <summary>Says why a delegate cannot be a step; null when it can.</summary>
    /// <remarks>The step is found again by its name, perhaps in another process, so lambdas are refused even when they capture nothing.</remarks>
    public static FunctionProblem? ProblemOf(Delegate function) => FunctionCheck.ProblemOf(function)
        ?? (function.Method.IsStatic && !function.Method.Name.Contains('<', StringComparison.Ordinal)
            ? null
            : new FunctionProblem($"'{function.Method.Name}' is a lambda or a local function, which has no lasting name", "make it a static method of a class"));

    /// <summary>Describes a method that has no problem.</summary>
    /// <param name="method">A static method.</param>
    /// <param name="arguments">The values of its arguments.</param>
    /// <param name="code">Digests the code.</param>
    public static Operation.Function Of(MethodInfo method, IReadOnlyList<KeyValuePair<string, string>> arguments, IlDigester code)
    {
        var digest = code.Of(method);
        return new Operation.Function(
            $"{method.DeclaringType!.Name}.{method.Name}",
            SignatureOf(method),
            digest.Sha256Hex,
            digest.Components.Select(component => KeyValuePair.Create(component.Name, IsDigest(component.Value) ? "sha256:" + component.Value : component.Value)).ToList(),
            arguments);
    }

    /// <summary>Finds the method in the loaded assemblies.</summary>
    public static MethodInfo Find(Operation.Function function)
    {
        var parts = function.Signature.Split('|');
        var assembly = AppDomain.CurrentDomain.GetAssemblies().First(candidate => candidate.GetName().Name == parts[0]);
        return assembly.GetType(parts[1], throwOnError: true)!
            .GetMethods(BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic)
            .First(method => SignatureOf(method) == function.Signature);
    }

    private static bool IsDigest(string value) => value.Length == 2 * Core.Digests.Digest.Size && value.All(char.IsAsciiHexDigitLower);

    private static string SignatureOf(MethodInfo method) => string.Join(
        '|',
        method.DeclaringType!.Assembly.GetName().Name,
        method.DeclaringType.FullName,
        method.Name,
        string.Join(',', method.GetParameters().Select(parameter => parameter.ParameterType.FullName)));
}
