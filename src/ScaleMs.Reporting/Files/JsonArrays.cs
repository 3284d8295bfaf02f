using System.Text.Json;

namespace ScaleMs.Reporting.Files;

/// <summary>Lists as arrays of a JSON document.</summary>
internal static class JsonArrays
{
    /// <summary>Writes an array of objects.</summary>
    /// <param name="json">The document.</param>
    /// <param name="name">The array's name.</param>
    /// <param name="items">The items.</param>
    /// <param name="write">Writes the members of an item; its object is open.</param>
    public static void Write<T>(Utf8JsonWriter json, string name, IReadOnlyList<T> items, Action<Utf8JsonWriter, T> write)
        where T : class
    {
        json.WriteStartArray(name);
        foreach (var item in items)
        {
            json.WriteStartObject();
            write(json, item);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    /// <summary>Writes an array of texts.</summary>
    public static void Write(Utf8JsonWriter json, string name, IEnumerable<string> texts)
    {
        json.WriteStartArray(name);
        foreach (var text in texts)
        {
            json.WriteStringValue(text);
        }

        json.WriteEndArray();
    }
}
