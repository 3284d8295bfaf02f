using System.Text;
using ScaleMs.Core.Digests;
using ScaleMs.Core.Model;

namespace ScaleMs.Core.Identity;

/// <summary>What a directory holds: names, kinds, contents, links and empty folders, in ordinal order and without times. Its text is what stands for the directory; the digest of that is its identity.</summary>
/// <param name="Entries">What is in it, in ordinal order of the paths.</param>
public sealed record TreeListing(IReadOnlyList<TreeEntry> Entries)
{
    private const string Header = "scalems.tree/1";
    private const char Tab = '\t';

    /// <summary>Makes a listing.</summary>
    /// <param name="entries">What is in the directory, in any order.</param>
    /// <returns>The listing; equal for equal directories.</returns>
    public static TreeListing Of(IEnumerable<TreeEntry> entries) => new([.. entries.OrderBy(entry => entry.Path, StringComparer.Ordinal)]);

    /// <summary>Reads a listing back.</summary>
    /// <param name="text">What <see cref="Write"/> gave.</param>
    /// <returns>The listing.</returns>
    /// <exception cref="FormatException">The text is no listing.</exception>
    public static TreeListing Read(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var lines = text.Split('\n');
        return lines[0] == Header && lines[^1].Length == 0
            ? new TreeListing([.. lines[1..^1].Select(Entry)])
            : throw new FormatException("This is no listing of a directory.");
    }

    /// <summary>The listing as a text: a line each with kind, content or target, and path.</summary>
    /// <returns>The text.</returns>
    public string Write()
    {
        var text = new StringBuilder(Header).Append('\n');
        foreach (var entry in Entries)
        {
            text.Append(Word(entry.Kind)).Append(Tab).Append(entry.Content).Append(Tab).Append(entry.Path).Append('\n');
        }

        return text.ToString();
    }

    /// <summary>What keeps a name out of listings.</summary>
    /// <param name="name">A file's name, or a link's target.</param>
    /// <returns>The end of a sentence that begins with the name; null when nothing does.</returns>
    public static string? ProblemOf(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        return name.Contains('\ufffd', StringComparison.Ordinal) ? "whose name is not UTF-8"
            : name.Any(char.IsControl) ? "whose name holds a control character"
            : null;
    }

    private static TreeEntry Entry(string line) => line.Split(Tab) is [var word, var content, var path] && ArtifactPath.TryParse(path, out _, out _)
        ? new TreeEntry(Kind(word), path, content)
        : throw new FormatException($"'{line}' is no entry of a directory's listing.");

    private static string Word(TreeEntryKind kind) => kind switch
    {
        TreeEntryKind.File => "file",
        TreeEntryKind.Program => "program",
        TreeEntryKind.Link => "link",
        _ => "folder",
    };

    private static TreeEntryKind Kind(string word) => word switch
    {
        "file" => TreeEntryKind.File,
        "program" => TreeEntryKind.Program,
        "link" => TreeEntryKind.Link,
        "folder" => TreeEntryKind.EmptyFolder,
        _ => throw new FormatException($"'{word}' is no kind of entry in a directory's listing."),
    };
}

/// <summary>One entry of a directory.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Path">Its path below the directory, with <c>/</c>.</param>
/// <param name="Content">A file's byte digest, a link's target, nothing for an empty folder.</param>
public sealed record TreeEntry(TreeEntryKind Kind, string Path, string Content)
{
    /// <summary>A file.</summary>
    /// <param name="path">Its path below the directory.</param>
    /// <param name="bytes">Its byte digest.</param>
    /// <param name="isExecutable">Whether the owner may execute it.</param>
    /// <returns>The entry.</returns>
    public static TreeEntry OfFile(string path, Digest bytes, bool isExecutable) =>
        new(isExecutable ? TreeEntryKind.Program : TreeEntryKind.File, path, bytes.ToString());
}

/// <summary>What an entry of a directory is.</summary>
public enum TreeEntryKind
{
    /// <summary>A file that may not be executed.</summary>
    File,

    /// <summary>A file that may be executed.</summary>
    Program,

    /// <summary>A relative link to a file of the same directory.</summary>
    Link,

    /// <summary>A folder with nothing in it.</summary>
    EmptyFolder,
}
