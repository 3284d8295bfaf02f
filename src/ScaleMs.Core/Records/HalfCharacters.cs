using System.Buffers;
using System.Text.Json;

namespace ScaleMs.Core.Records;

/// <summary>Finds texts that hold half a surrogate pair: they are JSON, and can be neither told nor written again. Programs write them where they cut a text in the middle of a character.</summary>
public static class HalfCharacters
{
    /// <summary>Whether there are any in a value or what is in it.</summary>
    /// <param name="element">The value.</param>
    /// <returns>True when one is found.</returns>
    public static bool AreIn(JsonElement element)
    {
        if (!element.GetRawText().Contains("\\ud", StringComparison.OrdinalIgnoreCase))
        {
            return false;
        }

        try
        {
            using var writer = new Utf8JsonWriter(new ArrayBufferWriter<byte>());
            element.WriteTo(writer);
            return false;
        }
        catch (InvalidOperationException)
        {
            return true;
        }
    }
}
