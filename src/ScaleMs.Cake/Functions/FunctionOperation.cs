using System.Reflection;
using ScaleMs.Core.Model;
using ScaleMs.Engine.Functions;

namespace ScaleMs;

/// <summary>Describes a static method as an operation, and finds it again.</summary>
internal static class FunctionOperation
{
    /// <summary>Describes a method.</summary>
    /// <param name="function">A method group; a lambda that captures state is refused by name of what it captures.</param>
    /// <param name="arguments">The values of its arguments.</param>
    public static Operation.Function Of(Delegate function, IReadOnlyList<KeyValuePair<string, string>> arguments)
    {
        var method = FunctionCheck.Verify(function);
        var digest = IlDigest.Of(method);
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
