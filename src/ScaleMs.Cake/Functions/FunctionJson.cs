using System.Text.Json;
using System.Text.Json.Serialization;
using ScaleMs.Engine.Functions;

namespace ScaleMs;

/// <summary>How arguments and results of functions are written.</summary>
internal static class FunctionJson
{
    /// <summary>The output that holds what a function returned.</summary>
    public const string ResultFile = "result.json";

    /// <summary>As usual, and besides NaN and infinities, which scientific tables hold.</summary>
    public static readonly JsonSerializerOptions Options = new() { NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals };

    private static readonly JsonSerializerOptions s_forPeople = new(Options) { WriteIndented = true, NewLine = "\n" };

    /// <summary>A result as the text of its file.</summary>
    public static string TextOf(object? result, Type type) => (PlainJson.TextOf(result) ?? JsonSerializer.Serialize(result, type, s_forPeople)) + "\n";

    /// <summary>An argument as the function gets it.</summary>
    public static object? Read(string text, Type type) => PlainJson.Reads(type) ? PlainJson.Read(text, type) : JsonSerializer.Deserialize(text, type, Options);

    /// <summary>Writes an argument for a step's key and its function.</summary>
    /// <param name="step">Declares the files in it.</param>
    /// <param name="name">The parameter's name.</param>
    /// <param name="value">The value.</param>
    /// <param name="type">The parameter's type.</param>
    /// <exception cref="FunctionIdentityException">The function would not get back what was written.</exception>
    public static string Write(Step step, string name, object? value, Type type)
    {
        using var scope = FileScope.Declaring(step, name);
        try
        {
            var text = JsonSerializer.Serialize(value, type, Options);
            return JsonSerializer.Serialize(JsonSerializer.Deserialize(text, type, Options), type, Options) == text
                ? text
                : throw Problem(name, type, "loses some of what was written when it is read back", "give each property a setter or a parameter of the constructor");
        }
        catch (Exception exception) when (exception is not FunctionIdentityException)
        {
            // Besides what the serializer throws: whatever getters and constructors of the author's types do.
            throw Problem(name, type, $"cannot be written as JSON and read back: {exception.Message}", "pass a plain value, a record of such, or a file");
        }
    }

    /// <summary>Finds out early that results of a type cannot be written.</summary>
    /// <exception cref="FunctionIdentityException">They cannot.</exception>
    public static void CheckResult(Type type)
    {
        try
        {
            s_forPeople.MakeReadOnly(populateMissingResolver: true);
            s_forPeople.GetTypeInfo(type);
        }
        catch (Exception exception) when (exception is NotSupportedException or InvalidOperationException)
        {
            throw new FunctionIdentityException(new FunctionProblem(
                $"its result, a '{type.Name}', cannot be written as JSON: {exception.Message}", "return a plain value or a record of such"));
        }
    }

    private static FunctionIdentityException Problem(string name, Type type, string what, string advice) =>
        new(new FunctionProblem($"its argument '{name}', a '{type.Name}', {what}", advice));
}
