using System.Text.RegularExpressions;
using System.Xml;
using System.Xml.Linq;

namespace ScaleMs.Recipes.DotNet;

/// <summary>What a project file names: other projects, and files outside its folder.</summary>
/// <remarks>Conditions are not evaluated: what is named under one counts as named. Paths that hold a property are not followed.</remarks>
internal sealed partial class ProjectFile
{
    private readonly XElement _root;
    private readonly string _text;
    private readonly string _folder;

    /// <exception cref="XmlException">The text is no XML.</exception>
    public ProjectFile(string path, IEnumerable<string> lines)
    {
        _text = string.Join('\n', lines);
        _root = XDocument.Parse(_text).Root!;
        _folder = Path.GetDirectoryName(path)!;
    }

    /// <summary>The project files that it refers to, relative to the workspace.</summary>
    public IEnumerable<string> References => Includes(element => element == "ProjectReference").Select(InWorkspace);

    /// <summary>References whose path holds a property or a wildcard: nobody but MSBuild knows which projects they are.</summary>
    public IEnumerable<string> UnclearReferences =>
        Values(element => element == "ProjectReference", "Include").Where(path => !IsLiteral(path) || path.Contains('*', StringComparison.Ordinal));

    /// <summary>Names of files that it looks for in the folders above, by a function of MSBuild.</summary>
    public IEnumerable<string> LooksUp => LooksUpIn(_text);

    /// <summary>Names of files that a text of MSBuild looks for in the folders above.</summary>
    public static IEnumerable<string> LooksUpIn(string text) => LookUp().Matches(text).Select(match => match.Groups[1].Value).Distinct(StringComparer.Ordinal);

    /// <summary>Files outside its folder that it imports or takes as items: paths and patterns, relative to the workspace.</summary>
    public IEnumerable<string> Outside => Includes(element => element is not ("ProjectReference" or "PackageReference" or "Reference"))
        .Concat(Values(element => element == "Import", "Project").Where(IsLiteral))
        .Where(path => path.StartsWith("../", StringComparison.Ordinal))
        .Select(InWorkspace);

    private IEnumerable<string> Includes(Func<string, bool> isWanted) => Values(isWanted, "Include").Where(IsLiteral);

    private IEnumerable<string> Values(Func<string, bool> isWanted, string attribute) => _root.Descendants()
        .Where(element => isWanted(element.Name.LocalName))
        .SelectMany(element => (element.Attribute(attribute)?.Value ?? string.Empty).Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        .Select(path => path.Replace('\\', '/'));

    private static bool IsLiteral(string path) => !path.AsSpan().ContainsAny('$', '@', '%');

    [GeneratedRegex(@"(?:GetPathOfFileAbove\(\s*|GetDirectoryNameOfFileAbove\([^,)]*,\s*)['""]?([^'""),]+)", RegexOptions.CultureInvariant)]
    private static partial Regex LookUp();

    private string InWorkspace(string path) => Path.GetRelativePath("/", Path.GetFullPath(Path.Combine("/", _folder, path))).Replace('\\', '/');
}
