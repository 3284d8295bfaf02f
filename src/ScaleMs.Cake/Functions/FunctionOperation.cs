using System.Reflection;
using System.Runtime.CompilerServices;
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
            : new FunctionProblem($"'{function.Method.Name}' is a lambda or a local function, which has no lasting name", "make it a static method of a class"))
        ?? ShapeProblem(function.Method);

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
            arguments)
        {
            Builds = digest.Builds,
        };
    }

    /// <summary>Finds the method in the loaded assemblies.</summary>
    public static MethodInfo Find(Operation.Function function)
    {
        var name = function.Signature.Split('|')[0];
        return Find(AppDomain.CurrentDomain.GetAssemblies().First(candidate => NameOf(candidate) == name), function.Signature);
    }

    /// <summary>Finds the method in its assembly.</summary>
    public static MethodInfo Find(Assembly assembly, string signature) => assembly.GetType(signature.Split('|')[1], throwOnError: true)!
        .GetMethods(BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic)
        .First(method => SignatureOf(method) == signature);

    /// <summary>The id of an assembly's build, as <see cref="Operation.Function.Builds"/> holds it.</summary>
    public static string BuildOf(Assembly assembly) => assembly.ManifestModule.ModuleVersionId.ToString();

    private static FunctionProblem? ShapeProblem(MethodInfo method) =>
        method.IsGenericMethod || method.DeclaringType!.IsGenericType
            ? new FunctionProblem($"'{method.Name}' has type parameters, or its class has", "make a method without them that calls it")
        : method.IsDefined(typeof(AsyncStateMachineAttribute)) && method.ReturnType == typeof(void)
            ? new FunctionProblem($"'{method.Name}' is asynchronous and returns nothing by which its end could be known", "let it return a Task")
        : IsOtherwiseAsynchronous(method.ReturnType)
            ? new FunctionProblem($"'{method.Name}' returns a '{method.ReturnType.Name.Split('`')[0]}', which nobody waits for", "let it return a Task or a Task of its result")
        : null;

    private static bool IsOtherwiseAsynchronous(Type returned) =>
        returned == typeof(ValueTask) || (returned.IsGenericType && returned.GetGenericTypeDefinition() is var type && (type == typeof(ValueTask<>) || type == typeof(IAsyncEnumerable<>)))
        || (typeof(Task).IsAssignableFrom(returned) && returned != typeof(Task) && !(returned.IsGenericType && returned.GetGenericTypeDefinition() == typeof(Task<>)));

    private static bool IsDigest(string value) => value.Length == 2 * Core.Digests.Digest.Size && value.All(char.IsAsciiHexDigitLower);

    private static string NameOf(Assembly assembly) => ScriptAssembly.NameOf(assembly.GetName().Name ?? string.Empty);

    // A type's full name holds the versions of its type arguments' assemblies. Those of files keep it, or their keys would change.
    private static string SignatureOf(MethodInfo method) => string.Join(
        '|',
        NameOf(method.DeclaringType!.Assembly),
        method.DeclaringType.FullName,
        method.Name,
        string.Join(',', method.GetParameters().Select(parameter => FunctionCall.IsOfFiles(method) ? parameter.ParameterType.FullName : parameter.ParameterType.ToString())));
}
