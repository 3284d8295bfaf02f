using System.Text.Json;

namespace ScaleMs.Store.Journal.Payloads;

/// <summary>Reads an element; the reader stands on its first token, and is left on its last.</summary>
internal delegate T ElementReader<T>(ref Utf8JsonReader reader);

/// <summary>Checks an element; the reader stands on its first token, and is left on its last.</summary>
internal delegate void ElementCheck(ref Utf8JsonReader reader);

/// <summary>Lists in a payload.</summary>
internal static class PayloadList
{
    public static void WriteList<T>(this Utf8JsonWriter writer, ReadOnlySpan<byte> name, IReadOnlyList<T> list, Action<Utf8JsonWriter, T> write)
    {
        writer.WriteStartArray(name);
        for (var i = 0; i < list.Count; i++)
        {
            write(writer, list[i]);
        }

        writer.WriteEndArray();
    }

    public static bool Take<T>(this ref Utf8JsonReader reader, ReadOnlySpan<byte> name, scoped ref IReadOnlyList<T> value, ElementReader<T> read)
    {
        var isNamed = reader.Is(name);
        value = isNamed ? Read(ref reader, read) : value;
        return isNamed;
    }

    /// <summary>Passes over a list whose elements are checked one by one.</summary>
    public static bool Check(this ref Utf8JsonReader reader, ReadOnlySpan<byte> name, ElementCheck check)
    {
        if (!reader.Is(name))
        {
            return false;
        }

        reader.Require(JsonTokenType.StartArray);
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            check(ref reader);
        }

        return true;
    }

    private static List<T> Read<T>(ref Utf8JsonReader reader, ElementReader<T> read)
    {
        reader.Require(JsonTokenType.StartArray);
        var list = new List<T>();
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            list.Add(read(ref reader));
        }

        return list;
    }
}
