using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using System.Text;

namespace ScaleMs.Core.Model;

/// <summary>A relative path with <c>/</c> on every system, which cannot leave the directory it is relative to.</summary>
/// <remarks>Core has its own path type because a path there is a name, not a place: the Engine joins it to a directory.</remarks>
public sealed record ArtifactPath
{
    private ArtifactPath(string value) => Value = value;

    /// <summary>The path's text, such as <c>results/run.gro</c>.</summary>
    public string Value { get; }

    /// <summary>The last segment.</summary>
    public string FileName => Value[(Value.LastIndexOf('/') + 1)..];

    /// <summary>Everything before the last segment, empty at the top.</summary>
    public string Directory => Value.LastIndexOf('/') is var slash and >= 0 ? Value[..slash] : string.Empty;

    /// <summary>Whether it lies in a directory, however deep.</summary>
    /// <param name="directory">The directory's path.</param>
    /// <returns>False also for the directory itself.</returns>
    public bool IsBelow(ArtifactPath directory)
    {
        ArgumentNullException.ThrowIfNull(directory);
        return Value.Length > directory.Value.Length && Value[directory.Value.Length] == '/' && Value.StartsWith(directory.Value, StringComparison.Ordinal);
    }

    /// <summary>Checks a text for the rules of a path.</summary>
    /// <param name="text">A candidate such as <c>em/run.gro</c>.</param>
    /// <param name="path">The path, when the text is one; else null.</param>
    /// <param name="problem">What is wrong, as the end of a sentence that begins with the text.</param>
    /// <returns>Whether the text is a path that stays inside.</returns>
    public static bool TryParse(string? text, [NotNullWhen(true)] out ArtifactPath? path, out string problem)
    {
        path = null;
        problem = ProblemOf(text) ?? string.Empty;
        if (problem.Length > 0)
        {
            return false;
        }

        path = new ArtifactPath(text!);
        return true;
    }

    /// <summary>Reads a path that the caller knows to be right.</summary>
    /// <param name="text">The path's text.</param>
    /// <returns>The path.</returns>
    /// <exception cref="FormatException">The text is empty, absolute, or has empty, <c>.</c> or <c>..</c> segments.</exception>
    public static ArtifactPath Parse(string text) =>
        TryParse(text, out var path, out var problem) ? path : throw new FormatException($"'{text}' {problem}");

    /// <inheritdoc/>
    public override string ToString() => Value;

    private static bool IsWhole(string text)
    {
        foreach (var half in text)
        {
            if (char.IsSurrogate(half))
            {
                return HasOnlyPairs(text);
            }
        }

        return true;
    }

    private static bool HasOnlyPairs(string text)
    {
        var status = OperationStatus.Done;
        for (var at = 0; at < text.Length && status == OperationStatus.Done;)
        {
            status = Rune.DecodeFromUtf16(text.AsSpan(at), out _, out var length);
            at += length;
        }

        return status == OperationStatus.Done;
    }

    private static string? ProblemOf(string? text)
    {
        if (string.IsNullOrEmpty(text))
        {
            return "is empty";
        }

        if (text[0] == '/' || text[0] == '~' || (text.Length > 1 && text[1] == ':'))
        {
            return "is absolute";
        }

        if (text.Contains('\\', StringComparison.Ordinal) || text.Contains('\0', StringComparison.Ordinal))
        {
            return "has a character that no system-independent path may have";
        }

        if (!IsWhole(text))
        {
            return "has half a character, which no UTF-8 name can hold";
        }

        return ProblemOfSegments(text);
    }

    private static string? ProblemOfSegments(string text)
    {
        for (var from = 0; from <= text.Length;)
        {
            var slash = text.IndexOf('/', from);
            var end = slash < 0 ? text.Length : slash;
            if (end == from || text.AsSpan(from, end - from) is "." or "..")
            {
                return end - from == 2 ? "leaves its directory" : "has an empty or '.' segment";
            }

            from = end + 1;
        }

        return null;
    }
}
