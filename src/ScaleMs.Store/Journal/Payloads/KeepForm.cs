using System.Text.Json;
using ScaleMs.Core.Model;

namespace ScaleMs.Store.Journal.Payloads;

/// <summary>The form of <see cref="Keep"/>: a word; nothing where bytes are kept always.</summary>
internal static class KeepForm
{
    private const string UntilConsumed = "untilConsumed";
    private const string Never = "never";

    public static void WriteKeep(this Utf8JsonWriter writer, ReadOnlySpan<byte> name, Keep keep)
    {
        if (keep != Keep.Always)
        {
            writer.WriteString(name, keep == Keep.Never ? Never : UntilConsumed);
        }
    }

    /// <exception cref="JsonException">The word is not known.</exception>
    public static bool Take(this ref Utf8JsonReader reader, ReadOnlySpan<byte> name, scoped ref Keep value)
    {
        var isNamed = reader.Is(name);
        value = isNamed ? Of(reader.GetString()) : value;
        return isNamed;
    }

    private static Keep Of(string? word) => word switch
    {
        UntilConsumed => Keep.UntilConsumed,
        Never => Keep.Never,
        _ => throw new JsonException($"unknown word '{word}' for how long bytes are kept"),
    };
}
