using ScaleMs.Core.Model;

namespace ScaleMs.Recipes.DotNet;

/// <summary>Where the files lie that build files of a project name.</summary>
/// <param name="workspace">The workspace's absolute path.</param>
/// <param name="folder">The project's folder, relative to it.</param>
/// <param name="properties">The project's properties.</param>
/// <param name="notFollowed">Paths as build files write them, that are left alone.</param>
internal sealed class MentionedPaths(string workspace, string folder, PropertyTable properties, IReadOnlyList<string> notFollowed)
{
    private const string WriteOut = "write the path out, or with properties that build files set to texts";

    /// <summary>Paths and patterns of files of the workspace, relative to it.</summary>
    public IEnumerable<string> Of(Mention mention) => notFollowed.Contains(mention.Text, StringComparer.Ordinal) ? [] : Places(mention).OfType<string>();

    /// <summary>Whether it lies in the project's folder.</summary>
    public bool IsOwn(string path) => IsBelow(path, folder);

    /// <summary>Whether it is made by restoring and building.</summary>
    public bool IsMade(string path) => IsBelow(path, Own("obj")) || IsBelow(path, Own("bin"));

    /// <summary>Why a mention cannot be followed; null when it can be.</summary>
    public (string What, string Advice)? FaultOf(Mention mention) =>
        notFollowed.Contains(mention.Text, StringComparer.Ordinal) ? null
        : IsUnclear(mention) ? Unclear(mention)
        : Places(mention).Contains(null) ? Beyond(mention)
        : null;

    private static (string What, string Advice) Unclear(Mention mention) => mention.Kind == MentionKind.Reference
        ? ($"{mention.Words}, and only MSBuild knows which that is", WriteOut)
        : ($"{mention.Words}, and only MSBuild knows what that is", $"{WriteOut}; else name the files as shared ones or in ProjectOptions.BuildInputs, and the path in SolutionOptions.NotFollowed");

    private static (string What, string Advice) Beyond(Mention mention) => (
        $"{mention.Words}, which lies outside the workspace, where no step would see it change", "begin the workspace at a folder that holds it too, or name the path in SolutionOptions.NotFollowed");

    /// <summary>What targets take is mostly made by the build; what is looked for in the folders above is told where it is not among the shared files.</summary>
    private bool IsUnclear(Mention mention) =>
        !mention.IsInTarget && !mention.Text.Contains("OfFileAbove(", StringComparison.Ordinal) && (!properties.Of(mention.Text, mention.File).IsClear || IsReferenceToAny(mention));

    private bool IsReferenceToAny(Mention mention) => mention.Kind == MentionKind.Reference && Places(mention).OfType<string>().Any(path => path.Contains('*', StringComparison.Ordinal));

    /// <summary>Relative to the workspace; null for what lies outside.</summary>
    private IEnumerable<string?> Places(Mention mention)
    {
        var from = mention.Kind == MentionKind.Import ? Path.GetDirectoryName(mention.File)! : folder;
        return properties.Of(mention.Text, mention.File).Texts
            .SelectMany(text => text.Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
            .Select(text => Place(text.Replace('\\', '/'), $"{workspace}/{from}"))
            .Where(path => path is null || FilePattern.TryParse(path, out _, out _));
    }

    private string? Place(string path, string from)
    {
        var place = Path.GetFullPath(path, from).Replace('\\', '/').TrimEnd('/');
        return place == workspace ? string.Empty : place.StartsWith(workspace + "/", StringComparison.Ordinal) ? place[(workspace.Length + 1)..] : null;
    }

    private string Own(string name) => folder.Length == 0 ? name : $"{folder}/{name}";

    private static bool IsBelow(string path, string folder) => folder.Length == 0 || path.StartsWith(folder + "/", StringComparison.Ordinal);
}
