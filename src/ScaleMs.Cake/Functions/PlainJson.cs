using System.Globalization;
using System.Text;
using System.Text.Json;

namespace ScaleMs;

/// <summary>Reads and writes the commonest arguments and results by hand, as the serializer would.</summary>
/// <remarks>The serializer compiles its own converters in each process that uses it, which takes some 20 ms; most functions need none of them.</remarks>
internal static class PlainJson
{
    private static readonly Type[] s_types =
    [
        typeof(string), typeof(int), typeof(long), typeof(double), typeof(bool), typeof(InputFile), typeof(OutputFile),
        typeof(string[]), typeof(int[]), typeof(double[]), typeof(InputFile[]), typeof(OutputFile[]),
    ];

    /// <summary>Whether values of a type are read here.</summary>
    public static bool Reads(Type type) => Array.IndexOf(s_types, type) >= 0;

    /// <summary>Reads a value of such a type.</summary>
    /// <exception cref="JsonException">The text is of another type.</exception>
    public static object? Read(string text, Type type)
    {
        var reader = new Utf8JsonReader(Encoding.UTF8.GetBytes(text));
        reader.Read();
        try
        {
            return type.IsArray ? List(ref reader, type.GetElementType()!) : One(ref reader, type);
        }
        catch (Exception exception) when (exception is InvalidOperationException or FormatException)
        {
            throw new JsonException(exception.Message, exception);
        }
    }

    /// <summary>A value as its text; null when the serializer has to write it.</summary>
    public static string? TextOf(object? value) => value switch
    {
        int number => number.ToString(CultureInfo.InvariantCulture),
        long number => number.ToString(CultureInfo.InvariantCulture),
        double number when double.IsFinite(number) => number.ToString(CultureInfo.InvariantCulture),
        true => "true",
        false => "false",
        _ => null,
    };

    private static Array? List(ref Utf8JsonReader reader, Type type)
    {
        if (reader.TokenType == JsonTokenType.Null)
        {
            return null;
        }

        if (reader.TokenType != JsonTokenType.StartArray)
        {
            throw new FormatException("It is no list.");
        }

        var items = new List<object?>();
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            items.Add(One(ref reader, type));
        }

        var list = Array.CreateInstance(type, items.Count);
        for (var i = 0; i < items.Count; i++)
        {
            list.SetValue(items[i], i);
        }

        return list;
    }

    /// <summary>Scientific tables hold more than numbers.</summary>
    private static double Number(ref Utf8JsonReader reader) => reader.TokenType == JsonTokenType.Number ? reader.GetDouble() : reader.GetString() switch
    {
        "NaN" => double.NaN,
        "Infinity" => double.PositiveInfinity,
        "-Infinity" => double.NegativeInfinity,
        _ => throw new FormatException("It is no number."),
    };

    private static object? One(ref Utf8JsonReader reader, Type type) =>
        type == typeof(int) ? reader.GetInt32()
        : type == typeof(long) ? reader.GetInt64()
        : type == typeof(double) ? Number(ref reader)
        : type == typeof(bool) ? reader.GetBoolean()
        : reader.GetString() is not { } text ? null
        : type == typeof(InputFile) ? FileScope.Input(text)
        : type == typeof(OutputFile) ? FileScope.Output(text)
        : text;
}
