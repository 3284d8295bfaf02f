using System.Xml;
using System.Xml.Linq;

namespace ScaleMs.Recipes.DotNet;

/// <summary>What a project file names: other projects, and files outside its folder.</summary>
/// <remarks>Conditions are not evaluated: what is named under one counts as named. Paths that hold a property are not followed.</remarks>
internal sealed class ProjectFile
{
    private readonly XElement _root;
    private readonly string _folder;

    /// <exception cref="XmlException">The text is no XML.</exception>
    public ProjectFile(string path, IEnumerable<string> lines)
    {
        _root = XDocument.Parse(string.Join('\n', lines)).Root!;
        _folder = Path.GetDirectoryName(path)!;
    }

    /// <summary>The project files that it refers to, relative to the workspace.</summary>
    public IEnumerable<string> References => Includes(element => element == "ProjectReference").Select(InWorkspace);

    /// <summary>References whose path holds a property or a wildcard: nobody but MSBuild knows which projects they are.</summary>
    public IEnumerable<string> UnclearReferences =>
        Values(element => element == "ProjectReference", "Include").Where(path => !IsLiteral(path) || path.Contains('*', StringComparison.Ordinal));

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

    private string InWorkspace(string path) => Path.GetRelativePath("/", Path.GetFullPath(Path.Combine("/", _folder, path))).Replace('\\', '/');
}
