using System.Text.Json;
using System.Text.Unicode;
using ScaleMs.Core.Digests;
using ScaleMs.Core.Keys;
using ScaleMs.Core.Model;
using ScaleMs.Core.Records;

namespace ScaleMs.Store.Journal.Payloads;

/// <summary>Reads an object member by member: <c>while (reader.NextMember()) { _ = reader.Take("name"u8, ref name) || … || reader.Refuse(); }</c>.</summary>
/// <remarks>
/// By hand rather than by a serializer: its generic code over our types and over numbers is in no ahead-of-time image, and compiling it
/// anew in every process costs more than reading a journal. Members may come in any order; of two of one name the last counts.
/// </remarks>
internal static class PayloadReading
{
    /// <summary>Checks that the reader stands on an object's beginning.</summary>
    /// <exception cref="JsonException">It does not.</exception>
    public static void EnterObject(this ref Utf8JsonReader reader) => reader.Require(JsonTokenType.StartObject);

    /// <summary>Goes to the next member's name; false at the object's end.</summary>
    public static bool NextMember(this ref Utf8JsonReader reader) => reader.Read() && reader.TokenType == JsonTokenType.PropertyName;

    /// <summary>Whether the member has a name; if so, the reader goes on to its value.</summary>
    public static bool Is(this ref Utf8JsonReader reader, ReadOnlySpan<byte> name) => reader.ValueTextEquals(name) && reader.Read();

    /// <summary>Refuses a member that this version does not know: reading past it would drop it for good at the next compaction.</summary>
    /// <exception cref="JsonException">Always.</exception>
    public static bool Refuse(this ref Utf8JsonReader reader) => throw new JsonException($"unknown member '{reader.GetString()}'");

    /// <summary>Passes over a member that says again what others say.</summary>
    public static bool Pass(this ref Utf8JsonReader reader, ReadOnlySpan<byte> name)
    {
        var isNamed = reader.Is(name);
        if (isNamed)
        {
            reader.Skip();
        }

        return isNamed;
    }

    /// <summary>Passes over a member, whatever it is.</summary>
    public static bool Pass(this ref Utf8JsonReader reader)
    {
        reader.Skip();
        return true;
    }

    public static bool Take(this ref Utf8JsonReader reader, ReadOnlySpan<byte> name, scoped ref string value)
    {
        var isNamed = reader.Is(name);
        value = isNamed ? reader.GetString() ?? throw new JsonException("expected a text") : value;
        return isNamed;
    }

    /// <summary>Passes over a member that is a text, which <see cref="Utf8JsonReader.GetString"/> would read.</summary>
    public static bool CheckText(this ref Utf8JsonReader reader, ReadOnlySpan<byte> name, scoped ref bool isThere)
    {
        if (!reader.Is(name))
        {
            return false;
        }

        reader.Require(JsonTokenType.String);
        if (reader.ValueIsEscaped)
        {
            _ = reader.GetString();
        }
        else if (!Utf8.IsValid(reader.ValueSpan))
        {
            throw new JsonException("expected a text");
        }

        return isThere = true;
    }

    public static bool Take(this ref Utf8JsonReader reader, ReadOnlySpan<byte> name, scoped ref bool value)
    {
        var isNamed = reader.Is(name);
        value = isNamed ? reader.GetBoolean() : value;
        return isNamed;
    }

    public static bool Take(this ref Utf8JsonReader reader, ReadOnlySpan<byte> name, scoped ref DateTimeOffset value)
    {
        var isNamed = reader.Is(name);
        value = isNamed ? reader.GetDateTimeOffset() : value;
        return isNamed;
    }

    public static bool Take(this ref Utf8JsonReader reader, ReadOnlySpan<byte> name, scoped ref Digest value)
    {
        var isNamed = reader.Is(name);
        value = isNamed ? NameForms.ReadDigest(ref reader) : value;
        return isNamed;
    }

    public static bool Take(this ref Utf8JsonReader reader, ReadOnlySpan<byte> name, scoped ref ActionKey value)
    {
        var isNamed = reader.Is(name);
        value = isNamed ? new ActionKey(NameForms.ReadDigest(ref reader)) : value;
        return isNamed;
    }

    public static bool Take(this ref Utf8JsonReader reader, ReadOnlySpan<byte> name, scoped ref StepId value)
    {
        var isNamed = reader.Is(name);
        value = isNamed ? NameForms.ReadStep(ref reader) : value;
        return isNamed;
    }

    public static bool Take(this ref Utf8JsonReader reader, ReadOnlySpan<byte> name, scoped ref ArtifactPath value)
    {
        var isNamed = reader.Is(name);
        value = isNamed ? NameForms.ReadPath(ref reader) : value;
        return isNamed;
    }

    public static bool Take(this ref Utf8JsonReader reader, ReadOnlySpan<byte> name, scoped ref FileStat value)
    {
        var isNamed = reader.Is(name);
        value = isNamed ? FileStatForm.Read(ref reader) : value;
        return isNamed;
    }

    /// <summary>A text, name or list that no record of its kind is without.</summary>
    /// <exception cref="JsonException">It was not there.</exception>
    public static T Needed<T>(T? value, string name)
        where T : class => value ?? throw new JsonException($"a record lacks its {name}");

    /// <summary>Checks what the reader stands on.</summary>
    /// <exception cref="JsonException">It is something else.</exception>
    public static void Require(this ref Utf8JsonReader reader, JsonTokenType token)
    {
        if (reader.TokenType != token)
        {
            throw new JsonException($"expected {token}");
        }
    }
}
