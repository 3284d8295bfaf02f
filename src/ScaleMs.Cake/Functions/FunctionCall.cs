using System.Reflection;
using System.Text.Json;
using System.Text.Json.Nodes;
using ScaleMs.Launchers.Native;

namespace ScaleMs;

/// <summary>Calls a method with arguments that were written as JSON, in whatever process.</summary>
/// <param name="Method">The method, static.</param>
/// <param name="Arguments">The arguments by name, as JSON.</param>
/// <param name="Directory">The private directory, absolute.</param>
/// <param name="Cancellation">Gives the token to those who ask for it.</param>
internal sealed record FunctionCall(MethodInfo Method, IReadOnlyDictionary<string, string> Arguments, string Directory, Func<CancellationToken> Cancellation)
{
    /// <summary>Whether a method takes its files by name, and its arguments as the properties of one object.</summary>
    public static bool IsOfFiles(MethodInfo method) => method.GetParameters() is [var first, ..] and { Length: <= 2 } && first.ParameterType == typeof(StepFiles);

    /// <summary>Whether the engine fills a parameter, so that no argument of it is in the key.</summary>
    public static bool IsGiven(Type parameter) => parameter == typeof(CancellationToken) || parameter == typeof(StepState);

    /// <summary>Whether a method takes what its step keeps between runs.</summary>
    public static bool KeepsState(MethodInfo method) => method.GetParameters().Any(parameter => parameter.ParameterType == typeof(StepState));

    /// <summary>The type of what a method returns, be it now or later; null for nothing.</summary>
    public static Type? ResultOf(MethodInfo method) =>
        method.ReturnType == typeof(void) || method.ReturnType == typeof(Task) ? null
        : IsTaskOfResult(method) ? method.ReturnType.GetGenericArguments()[0]
        : method.ReturnType;

    /// <summary>Calls it, waits for it where it is asynchronous, and writes what it returns into its file.</summary>
    public void Invoke()
    {
        var returned = Method.Invoke(null, BindingFlags.DoNotWrapExceptions, null, IsOfFiles(Method) ? FilesAndObject() : Values(), null);
        if (typeof(Task).IsAssignableFrom(Method.ReturnType))
        {
            (returned as Task ?? throw new InvalidOperationException($"'{Method.Name}' returned no task.")).GetAwaiter().GetResult();
        }

        if (ResultOf(Method) is { } type)
        {
            var result = IsTaskOfResult(Method) ? Method.ReturnType.GetProperty(nameof(Task<>.Result))!.GetValue(returned) : returned;
            FreshFile.Write(Path.Combine(Directory, FunctionJson.ResultFile), FunctionJson.TextOf(result, type));
        }
    }

    private static bool IsTaskOfResult(MethodInfo method) => method.ReturnType.IsGenericType && method.ReturnType.GetGenericTypeDefinition() == typeof(Task<>);

    private object?[] FilesAndObject()
    {
        var files = new StepFiles(Directory, Cancellation);
        if (Method.GetParameters() is not [_, var parameter])
        {
            return [files];
        }

        using var scope = FileScope.Reading(Directory);
        var values = new JsonObject(Arguments.Select(pair => KeyValuePair.Create(pair.Key, JsonNode.Parse(pair.Value))));
        return [files, values.Deserialize(parameter.ParameterType, FunctionJson.Options)];
    }

    private object?[] Values()
    {
        using var scope = FileScope.Reading(Directory);
        return [.. Method.GetParameters().Select(Value)];
    }

    private object? Value(System.Reflection.ParameterInfo parameter) => parameter.ParameterType == typeof(CancellationToken) ? Cancellation()
        : parameter.ParameterType == typeof(StepState) ? new StepState(Path.GetDirectoryName(Directory)!)
        : FunctionJson.Read(Arguments[parameter.Name!], parameter.ParameterType);
}
