using System.Diagnostics.CodeAnalysis;

namespace ScaleMs.Core.Model;

/// <summary>Names files by their relative paths: <c>texts/*.txt</c>. In a segment, <c>*</c> is any text and <c>?</c> one character; <c>**</c> alone is any number of folders.</summary>
/// <remarks>As in shells, a wildcard at the start of a segment does not take a dot: hidden files are named, or taken by <see cref="All"/>. Case counts.</remarks>
public sealed record FilePattern
{
    private const string AnyFolders = "**";

    private readonly string[] _segments;
    private readonly bool _takesHidden;

    private FilePattern(string text, bool takesHidden)
    {
        (Text, _takesHidden) = (text, takesHidden);
        _segments = text.Split('/');
    }

    /// <summary>Every file, hidden ones too.</summary>
    public static FilePattern All { get; } = new(AnyFolders, takesHidden: true);

    /// <summary>The pattern as it was written.</summary>
    public string Text { get; }

    /// <summary>Whether it takes every file there is.</summary>
    public bool IsAll => this == All;

    /// <summary>The folder that all files it names lie in: the segments before the first wildcard; empty for none.</summary>
    public string Folder => string.Join('/', _segments.Take(Math.Min(_segments.Length - 1, FirstWildcard)));

    private int FirstWildcard => Array.FindIndex(_segments, HasWildcard) is var first and >= 0 ? first : _segments.Length;

    /// <summary>Reads a pattern.</summary>
    /// <param name="text">Such as <c>frames/**/*.gro</c>.</param>
    /// <param name="pattern">The pattern; null when it is none.</param>
    /// <param name="problem">What is wrong, as the end of a sentence that begins with the text.</param>
    /// <returns>Whether the text is a pattern of paths that stay inside.</returns>
    public static bool TryParse(string? text, [NotNullWhen(true)] out FilePattern? pattern, out string problem)
    {
        pattern = null;
        if (!ArtifactPath.TryParse(text, out _, out problem))
        {
            return false;
        }

        if (Array.Exists(text!.Split('/'), segment => segment != AnyFolders && segment.Contains(AnyFolders, StringComparison.Ordinal)))
        {
            problem = "has '**' beside other text; it stands alone between slashes";
            return false;
        }

        pattern = new FilePattern(text, takesHidden: false);
        return true;
    }

    /// <summary>Every file below a folder, hidden ones too.</summary>
    /// <param name="folder">The folder.</param>
    /// <returns>The pattern.</returns>
    public static FilePattern Below(ArtifactPath folder) => new($"{folder}/{AnyFolders}", takesHidden: true);

    /// <summary>Whether it names a file.</summary>
    /// <param name="path">The file's relative path.</param>
    /// <returns>Whether all of it fits.</returns>
    public bool Matches(string path) => Fits(_segments, Split(path), mayEnd: false);

    /// <summary>Whether it may name some file below a folder.</summary>
    /// <param name="folder">The folder's relative path.</param>
    /// <returns>False only when none can be there.</returns>
    public bool MayMatchBelow(string folder) => Fits(_segments, Split(folder), mayEnd: true);

    /// <inheritdoc/>
    public bool Equals(FilePattern? other) => other is not null && Text == other.Text && _takesHidden == other._takesHidden;

    /// <inheritdoc/>
    public override int GetHashCode() => Text.GetHashCode(StringComparison.Ordinal);

    /// <inheritdoc/>
    public override string ToString() => Text;

    private static string[] Split(string path)
    {
        ArgumentNullException.ThrowIfNull(path);
        return path.Split('/');
    }

    private static bool HasWildcard(string segment) => segment.AsSpan().ContainsAny('*', '?');

    /// <param name="pattern">What is left of the pattern.</param>
    /// <param name="path">What is left of the path.</param>
    /// <param name="mayEnd">Whether the path is only the beginning of one, so that some of the pattern must be left.</param>
    private bool Fits(ReadOnlySpan<string> pattern, ReadOnlySpan<string> path, bool mayEnd)
    {
        if (path.IsEmpty)
        {
            return mayEnd ? !pattern.IsEmpty : pattern.IsEmpty;
        }

        if (pattern.IsEmpty)
        {
            return false;
        }

        return pattern[0] == AnyFolders
            ? FitsBehindFolders(pattern, path, mayEnd)
            : FitsSegment(pattern[0], path[0]) && Fits(pattern[1..], path[1..], mayEnd);
    }

    /// <summary>At the end <c>**</c> takes files too, one segment at least.</summary>
    private bool FitsBehindFolders(ReadOnlySpan<string> pattern, ReadOnlySpan<string> path, bool mayEnd) =>
        (pattern.Length > 1 && Fits(pattern[1..], path, mayEnd))
        || (!IsHidden(path[0]) && ((pattern.Length == 1 && path.Length == 1) || Fits(pattern, path[1..], mayEnd)));

    private bool FitsSegment(string pattern, string name) =>
        (pattern[0] is not ('*' or '?') || !IsHidden(name)) && Wildcards.Fit(pattern, name);

    private bool IsHidden(string name) => name[0] == '.' && !_takesHidden;
}
