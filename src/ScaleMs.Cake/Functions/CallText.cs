using System.Buffers;
using System.Text;
using System.Text.Json;
using ScaleMs.Core.Model;

namespace ScaleMs;

/// <summary>A call on its way to the process that makes it.</summary>
/// <remarks>Read and written by hand: a serializer's converters for it would be compiled anew in each such process.</remarks>
/// <param name="Name">The function, for people.</param>
/// <param name="Signature">What finds the method.</param>
/// <param name="Assembly">The absolute path of the method's assembly.</param>
/// <param name="Builds">The ids of the builds that the step's key was made from, by assembly.</param>
/// <param name="Arguments">The arguments by name; each is a text of JSON, so that none is nested deeper than it was.</param>
internal sealed record CallText(
    string Name, string Signature, string Assembly, IReadOnlyList<KeyValuePair<string, string>> Builds, IReadOnlyList<KeyValuePair<string, string>> Arguments)
{
    public static CallText Of(Operation.Function function) =>
        new(function.Name, function.Signature, FunctionOperation.Find(function).Module.Assembly.Location, function.Builds, function.Arguments);

    public static CallText Read(string text)
    {
        using var document = JsonDocument.Parse(text);
        var root = document.RootElement;
        return new CallText(Text(nameof(Name)), Text(nameof(Signature)), Text(nameof(Assembly)), Pairs(nameof(Builds)), Pairs(nameof(Arguments)));

        string Text(string name) => root.GetProperty(name).GetString()!;
        List<KeyValuePair<string, string>> Pairs(string name) =>
            [.. root.GetProperty(name).EnumerateObject().Select(property => KeyValuePair.Create(property.Name, property.Value.GetString()!))];
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

    private static void WritePairs(Utf8JsonWriter writer, string name, IReadOnlyList<KeyValuePair<string, string>> pairs)
    {
        writer.WriteStartObject(name);
        foreach (var (key, value) in pairs)
        {
            writer.WriteString(key, value);
        }

        writer.WriteEndObject();
    }
}
