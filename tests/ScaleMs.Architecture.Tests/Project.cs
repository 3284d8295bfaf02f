using System.Xml.Linq;

namespace ScaleMs.Architecture.Tests;

/// <summary>A project file, and the assembly built from it in the configuration in which these tests run.</summary>
internal sealed class Project
{
    private readonly XDocument _xml;

    private Project(string path)
    {
        FullPath = path;
        _xml = XDocument.Load(path);
    }

    /// <summary>All projects of the repository.</summary>
    public static IReadOnlyList<Project> All { get; } =
        [.. Repository.Files(".csproj", "src", "recipes", "workflows", "tests").Select(path => new Project(path))];

    public string FullPath { get; }

    /// <summary>The path relative to the root.</summary>
    public string Path => Repository.Relative(FullPath);

    public string Name => System.IO.Path.GetFileNameWithoutExtension(FullPath);

    /// <summary>The top folder: <c>src</c>, <c>recipes</c>, <c>workflows</c> or <c>tests</c>.</summary>
    public string Folder => Path.Split('/')[0];

    public string AssemblyName => Property("AssemblyName") ?? Name;

    /// <summary>Whether it is compiled against Cake.</summary>
    public bool UsesCake => Property("UsesCake") == "true" || Packages.Contains("Cake.Frosting", StringComparer.Ordinal);

    /// <summary>Names of the projects it refers to, whatever the condition.</summary>
    public IReadOnlyList<string> References =>
        [.. Included("ProjectReference").Select(path => System.IO.Path.GetFileNameWithoutExtension(path.Replace('\\', '/')))];

    public IReadOnlyList<string> Packages => [.. Included("PackageReference")];

    /// <summary>The assembly, or why it cannot be read: not built, or older than the sources.</summary>
    public (AssemblyFile? Assembly, string Problem) Built()
    {
        var directory = System.IO.Path.GetDirectoryName(FullPath)!;
        var path = System.IO.Path.Combine(directory, "bin", Configuration, Property("TargetFramework") ?? "net10.0", AssemblyName + ".dll");
        if (!File.Exists(path))
        {
            return (null, $"{Name} is not built in {Configuration}");
        }

        var newest = Repository.Files(".cs", directory).Append(FullPath).Max(File.GetLastWriteTimeUtc);
        return newest > File.GetLastWriteTimeUtc(path)
            ? (null, $"{Name} was edited after it was built in {Configuration}")
            : (new AssemblyFile(path), string.Empty);
    }

    public static Project Of(string name) => All.Single(project => project.Name == name);

    /// <summary>The value of a property, whatever its condition.</summary>
    public string? Property(string name) => _xml.Descendants(name).FirstOrDefault()?.Value.Trim();

    public IEnumerable<XElement> Items(string kind) => _xml.Descendants(kind).Where(item => item.Attribute("Include") is not null);

    public override string ToString() => Name;

    /// <summary>These tests run from <c>bin/Configuration/net10.0</c>.</summary>
    private static string Configuration { get; } = new DirectoryInfo(AppContext.BaseDirectory).Parent!.Name;

    private IEnumerable<string> Included(string kind) => Items(kind).Select(item => item.Attribute("Include")!.Value);
}
