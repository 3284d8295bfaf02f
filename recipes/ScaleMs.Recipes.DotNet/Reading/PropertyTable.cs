using System.Text.RegularExpressions;

namespace ScaleMs.Recipes.DotNet;

/// <summary>The properties of one project: those that its build files set, each with every value that it may have, and those that every build file finds.</summary>
/// <param name="workspace">The workspace's absolute path.</param>
/// <param name="project">The project file's path, relative to it.</param>
internal sealed partial class PropertyTable(string workspace, string project)
{
    // A path of more choices than this is not one that anybody follows.
    private const int MostTexts = 100;

    // Places of what the build makes, and of what comes with the SDK and the packages, whose versions are in the keys.
    private static readonly string[] Elsewhere =
    [
        "OutputPath", "OutDir", "TargetDir", "TargetPath", "PublishDir", "IntermediateOutputPath", "BaseIntermediateOutputPath", "BaseOutputPath", "MSBuildProjectExtensionsPath", "PackageOutputPath",
        "NuGetPackageRoot", "NuGetPackageFolders", "MSBuildSDKsPath", "MSBuildToolsPath", "MSBuildBinPath", "MSBuildExtensionsPath", "NetCoreTargetingPackRoot", "NetCoreRoot", "DOTNET_HOST_PATH",
    ];

    // One name each, but more than one may be meant; whatever is there counts.
    private static readonly string[] AnyName = ["Configuration", "Platform", "TargetFramework", "RuntimeIdentifier"];

    private readonly Dictionary<string, List<(string Value, string File)>> _values = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>Adds what a build file sets.</summary>
    public void Add(BuildFile file)
    {
        foreach (var (name, value) in file.Properties)
        {
            if (!_values.TryGetValue(name, out var values))
            {
                _values[name] = values = [];
            }

            values.Add((value, file.Path));
        }
    }

    /// <summary>What a property may stand for; nothing when no build file sets it.</summary>
    public Meaning ValuesOf(string name) => Any(name, []);

    /// <summary>What a text may stand for.</summary>
    /// <param name="text">The text.</param>
    /// <param name="file">The build file that it stands in.</param>
    public Meaning Of(string text, string file) => Of(text, file, []);

    // Lists and metadata are derived from what is named elsewhere.
    private Meaning Of(string text, string file, IReadOnlyList<string> within)
    {
        if (text.Contains("@(", StringComparison.Ordinal) || text.Contains("%(", StringComparison.Ordinal) || AnyProperty().Matches(text).Any(match => IsElsewhere(match.Groups[1].Value)))
        {
            return Meaning.Elsewhere;
        }

        var start = text.IndexOf("$(", StringComparison.Ordinal);
        if (start < 0)
        {
            return new Meaning([text], true);
        }

        var match = Property().Match(text, start);
        return match.Success && match.Index == start ? Bounded(Joined(text[..start], Of(match.Groups[1].Value, file, within, text), Of(text[(start + match.Length)..], file, within))) : Meaning.Unclear;
    }

    private static Meaning Bounded(Meaning meaning) => meaning.Texts.Count <= MostTexts ? meaning : Meaning.Unclear;

    private static Meaning Joined(string head, Meaning value, Meaning rest) => new Meaning([head], true).Then(value).Then(rest);

    private Meaning Of(string name, string file, IReadOnlyList<string> within, string text) =>
        WellKnown(name, file) is { } known ? new Meaning([known], true)
        : within.Contains(name, StringComparer.OrdinalIgnoreCase) ? new Meaning([string.Empty], true)
        : AnyName.Contains(name, StringComparer.OrdinalIgnoreCase) ? new Meaning(["*"], true)
        : _values.ContainsKey(name) ? Any(name, within)
        : name is "AssemblyName" or "RootNamespace" ? new Meaning([Path.GetFileNameWithoutExtension(project)], true)
        : Meaning.Unclear;

    private Meaning Any(string name, IReadOnlyList<string> within) =>
        Meaning.Any([.. _values.GetValueOrDefault(name, []).Select(set => Of(set.Value, set.File, [.. within, name]))]);

    private string? WellKnown(string name, string file) => name.ToUpperInvariant() switch
    {
        "MSBUILDTHISFILEDIRECTORY" => FolderOf(file) + "/",
        "MSBUILDTHISFILE" => Path.GetFileName(file),
        "MSBUILDTHISFILENAME" => Path.GetFileNameWithoutExtension(file),
        "MSBUILDTHISFILEFULLPATH" => $"{workspace}/{file}",
        "MSBUILDPROJECTDIRECTORY" => FolderOf(project),
        "PROJECTDIR" => FolderOf(project) + "/",
        "MSBUILDPROJECTFILE" or "PROJECTFILENAME" => Path.GetFileName(project),
        "MSBUILDPROJECTNAME" or "PROJECTNAME" => Path.GetFileNameWithoutExtension(project),
        "MSBUILDPROJECTFULLPATH" or "PROJECTPATH" => $"{workspace}/{project}",
        _ => null,
    };

    private string FolderOf(string file) => Path.GetDirectoryName(file)! is { Length: > 0 } folder ? $"{workspace}/{folder.Replace('\\', '/')}" : workspace;

    private static bool IsElsewhere(string name) => Elsewhere.Contains(name, StringComparer.OrdinalIgnoreCase) || name.StartsWith("Pkg", StringComparison.Ordinal);

    [GeneratedRegex(@"\$\(\s*(\w+)\s*\)", RegexOptions.CultureInvariant)]
    private static partial Regex Property();

    [GeneratedRegex(@"\$\(\s*(\w+)", RegexOptions.CultureInvariant)]
    private static partial Regex AnyProperty();
}
