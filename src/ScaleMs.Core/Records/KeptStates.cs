using System.Text;
using System.Text.Json;

namespace ScaleMs.Core.Records;

/// <summary>The form of what a step keeps between its runs: a small JSON object.</summary>
public static class KeptStates
{
    /// <summary>The longest state, bytes of UTF-8.</summary>
    public const int LongestBytes = 64 * 1024;

    /// <summary>The state of a step that kept none yet.</summary>
    public const string None = "{}";

    /// <summary>What keeps a text from being a state.</summary>
    /// <param name="text">The text.</param>
    /// <returns>The second half of a sentence; null when it is one.</returns>
    public static string? ProblemOf(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return Encoding.UTF8.GetByteCount(text) > LongestBytes ? "is longer than 64 KiB" : ProblemOfJson(text);
    }

    private static string? ProblemOfJson(string text)
    {
        try
        {
            using var document = JsonDocument.Parse(text);
            return document.RootElement.ValueKind != JsonValueKind.Object ? "is no JSON object"
                : HalfCharacters.AreIn(document.RootElement) ? "holds half a character"
                : null;
        }
        catch (JsonException)
        {
            return "is no JSON object";
        }
    }
}
