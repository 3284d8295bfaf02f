using System;
using System.Linq;
using System.Text.RegularExpressions;

namespace ScaleMs.Analyzers;

/// <summary>The rules for paths of inputs and outputs, as <c>ArtifactPath</c> in ScaleMs.Core has them; a test compares the two.</summary>
internal static class PathText
{
    /// <summary>What is wrong with a path, as the end of a sentence that begins with it; null when it stays inside.</summary>
    public static string? ProblemOf(string text) => text.Length == 0 ? "is empty" : ProblemOfStart(text) ?? ProblemOfCharacters(text) ?? ProblemOfSegments(text.Split('/'));

    /// <summary>What is wrong with a path of which only the start is known.</summary>
    public static string? ProblemOfPart(string start) => start.Length == 0 ? null
        : ProblemOfStart(start) ?? ProblemOfCharacters(start) ?? (start.LastIndexOf('/') is var slash and >= 0 ? ProblemOfSegments(start.Substring(0, slash).Split('/')) : null);

    /// <summary>The path that was meant, where that is plain: with other slashes, or without what says nothing.</summary>
    public static string? Meant(string text)
    {
        var plain = Regex.Replace(text.Replace('\\', '/'), "/(\\./|/)+", "/");
        plain = plain.StartsWith("./", StringComparison.Ordinal) ? plain.Substring(2) : plain;
        return plain != text && ProblemOf(plain) is null ? plain : null;
    }

    private static string? ProblemOfStart(string text) => text[0] is '/' or '~' || (text.Length > 1 && text[1] == ':') ? "is absolute" : null;

    private static string? ProblemOfCharacters(string text) =>
        text.IndexOfAny(['\\', '\0']) >= 0 ? "has a character that no system-independent path may have"
        : text.Where((half, place) => IsLost(text, half, place)).Any() ? "has half a character, which no UTF-8 name can hold"
        : null;

    private static bool IsLost(string text, char half, int place) =>
        (char.IsHighSurrogate(half) && (place + 1 == text.Length || !char.IsLowSurrogate(text[place + 1])))
        || (char.IsLowSurrogate(half) && (place == 0 || !char.IsHighSurrogate(text[place - 1])));

    private static string? ProblemOfSegments(string[] segments) => Array.Find(segments, segment => segment is "" or "." or "..") switch
    {
        null => null,
        ".." => "leaves its directory",
        _ => "has an empty or '.' segment",
    };
}
