using System.Buffers;
using System.Text;
using System.Text.Json;
using ScaleMs.Core.Model;

namespace ScaleMs;

/// <summary>A call on its way to the process that makes it.</summary>
/// <remarks>Read and written by hand, token by token: whatever else is needed for it would be compiled anew in each such process.</remarks>
/// <param name="Name">The function, for people.</param>
/// <param name="Signature">What finds the method.</param>
/// <param name="Assembly">The absolute path of the method's assembly.</param>
/// <param name="Builds">The ids of the builds that the step's key was made from, by assembly.</param>
/// <param name="Arguments">The arguments by name; each is a text of JSON, so that none is nested deeper than it was.</param>
internal sealed record CallText(string Name, string Signature, string Assembly, IReadOnlyDictionary<string, string> Builds, IReadOnlyDictionary<string, string> Arguments)
{
    public static CallText Of(Operation.Function function) => new(
        function.Name,
        function.Signature,
        FunctionOperation.Find(function).Module.Assembly.Location,
        new Dictionary<string, string>(function.Builds, StringComparer.Ordinal),
        new Dictionary<string, string>(function.Arguments, StringComparer.Ordinal));

    /// <exception cref="JsonException">It is no call.</exception>
    public static CallText Read(ReadOnlySpan<byte> text)
    {
        var reader = new Utf8JsonReader(text);
        reader.Read();
        return new CallText(
            Text(ref reader, nameof(Name)), Text(ref reader, nameof(Signature)), Text(ref reader, nameof(Assembly)), Pairs(ref reader, nameof(Builds)), Pairs(ref reader, nameof(Arguments)));
    }

    public string Write()
    {
        var buffer = new ArrayBufferWriter<byte>();
        using var writer = new Utf8JsonWriter(buffer);
        writer.WriteStartObject();
        writer.WriteString(nameof(Name), Name);
        writer.WriteString(nameof(Signature), Signature);
        writer.WriteString(nameof(Assembly), Assembly);
        WritePairs(writer, nameof(Builds), Builds);
        WritePairs(writer, nameof(Arguments), Arguments);
        writer.WriteEndObject();
        writer.Flush();
        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }

    /// <summary>The members come in the order in which they are written.</summary>
    private static string Text(ref Utf8JsonReader reader, string name)
    {
        Expect(ref reader, name);
        return reader.GetString()!;
    }

    private static Dictionary<string, string> Pairs(ref Utf8JsonReader reader, string name)
    {
        Expect(ref reader, name);
        var pairs = new Dictionary<string, string>(StringComparer.Ordinal);
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var key = reader.GetString()!;
            reader.Read();
            pairs.Add(key, reader.GetString()!);
        }

        return pairs;
    }

    private static void Expect(ref Utf8JsonReader reader, string name)
    {
        if (!reader.Read() || !reader.ValueTextEquals(name) || !reader.Read())
        {
            throw new JsonException($"The call has no '{name}'.");
        }
    }

    private static void WritePairs(Utf8JsonWriter writer, string name, IReadOnlyDictionary<string, string> pairs)
    {
        writer.WriteStartObject(name);
        foreach (var (key, value) in pairs)
        {
            writer.WriteString(key, value);
        }

        writer.WriteEndObject();
    }
}
