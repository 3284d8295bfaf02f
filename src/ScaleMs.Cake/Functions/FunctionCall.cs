using System.Reflection;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace ScaleMs;

/// <summary>Calls a method with arguments that were written as JSON, in whatever process.</summary>
/// <param name="Method">The method, static.</param>
/// <param name="Arguments">The arguments by name, as JSON.</param>
/// <param name="Directory">The private directory, absolute.</param>
/// <param name="Cancellation">Gives the token to those who ask for it.</param>
internal sealed record FunctionCall(MethodInfo Method, IReadOnlyList<KeyValuePair<string, string>> Arguments, string Directory, Func<CancellationToken> Cancellation)
{
    /// <summary>Whether a method takes its files by name, and its arguments as the properties of one object.</summary>
    public static bool IsOfFiles(MethodInfo method) => method.GetParameters() is [var first, ..] and { Length: <= 2 } && first.ParameterType == typeof(StepFiles);

    /// <summary>Calls it, and writes what it returns into its file.</summary>
    public void Invoke()
    {
        var result = Method.Invoke(null, BindingFlags.DoNotWrapExceptions, null, IsOfFiles(Method) ? FilesAndObject() : Values(), null);
        if (Method.ReturnType != typeof(void))
        {
            File.WriteAllText(Path.Combine(Directory, FunctionJson.ResultFile), FunctionJson.TextOf(result, Method.ReturnType));
        }
    }

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

    private object? Value(System.Reflection.ParameterInfo parameter) => parameter.ParameterType == typeof(CancellationToken)
        ? Cancellation()
        : JsonSerializer.Deserialize(Arguments.First(pair => pair.Key == parameter.Name).Value, parameter.ParameterType, FunctionJson.Options);
}
