using System.Text.Json;
using ScaleMs.Core.Digests;
using ScaleMs.Core.Records;

namespace ScaleMs.Store.Journal.Payloads;

/// <summary>The form of <see cref="ComparedOutput"/>: nothing where an output was not compared.</summary>
internal static class ComparedForm
{
    public static void WriteCompared(this Utf8JsonWriter writer, ReadOnlySpan<byte> name, ComparedOutput? compared)
    {
        if (compared is not null)
        {
            writer.WriteStartObject(name);
            writer.WriteDigest("former"u8, compared.Former);
            writer.WriteDigest("made"u8, compared.Made);
            writer.WriteString("difference"u8, compared.Difference);
            writer.WriteEndObject();
        }
    }

    public static bool Take(this ref Utf8JsonReader reader, ReadOnlySpan<byte> name, scoped ref ComparedOutput value)
    {
        var isNamed = reader.Is(name);
        value = isNamed ? Read(ref reader) : value;
        return isNamed;
    }

    /// <exception cref="JsonException">A record with these bytes was not compared in this way.</exception>
    public static ComparedOutput? Checked(ComparedOutput? compared, Digest bytes) =>
        compared is null || compared.Fits(bytes) ? compared : throw new JsonException("an output has other bytes than it was compared with");

    private static ComparedOutput Read(ref Utf8JsonReader reader)
    {
        (Digest former, Digest made, string difference) = (default, default, null!);
        reader.EnterObject();
        while (reader.NextMember())
        {
            _ = reader.Take("former"u8, ref former) || reader.Take("made"u8, ref made) || reader.Take("difference"u8, ref difference) || reader.Refuse();
        }

        return new ComparedOutput(former, made, PayloadReading.Needed(difference, "difference"));
    }
}
