namespace ScaleMs.Launchers.Remote;

/// <summary>Where an attempt's root is here and where it is there; equal where the site sees this disk.</summary>
/// <param name="LocalRoot">The directory above the private one, absolute, without a slash at the end.</param>
/// <param name="RemoteRoot">The same directory as the site knows it.</param>
internal sealed record AttemptPlace(string LocalRoot, string RemoteRoot)
{
    private static readonly Dictionary<string, string> NoFolders = new(StringComparer.Ordinal);

    /// <summary>Where the folders that a request needs besides were brought to; from the path here to the path there.</summary>
    internal IReadOnlyDictionary<string, string> FolderMap { get; init; } = NoFolders;

    /// <summary>How it gets there with its start; null when it is there.</summary>
    internal UnsentAttempt? Unsent { get; init; }

    /// <summary>The place of a request whose site sees this disk.</summary>
    internal static AttemptPlace Shared(string directory) => Path.GetDirectoryName(directory) is { } root ? new AttemptPlace(root, root) : new AttemptPlace(directory, directory);

    /// <summary>The text as it is right there: a path of the root, or of a folder that was brought there, is led over.</summary>
    /// <param name="text">A program, an argument, a value or a path.</param>
    /// <returns>Any other text as it is.</returns>
    internal string Rebase(string text)
    {
        if (Led(text, LocalRoot, RemoteRoot) is { } led)
        {
            return led;
        }

        foreach (var (here, there) in FolderMap)
        {
            if (Led(text, here, there) is { } folder)
            {
                return folder;
            }
        }

        return text;
    }

    /// <summary>A file of the root as the site knows it.</summary>
    internal string There(string file) => RemoteRoot + "/" + file;

    /// <summary>A file of the root as this machine knows it.</summary>
    internal string Here(string file) => Path.Combine(LocalRoot, file);

    private static string? Led(string text, string here, string there) =>
        text.StartsWith(here, StringComparison.Ordinal) && (text.Length == here.Length || text[here.Length] == '/') ? there + text[here.Length..] : null;
}
