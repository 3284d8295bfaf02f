namespace ScaleMs.Recipes.DotNet;

/// <summary>A project as its file and its folder tell.</summary>
/// <param name="File">The project file.</param>
/// <param name="Sources">All files that belong to it: those of its folder, and those outside that its file names.</param>
/// <param name="References">The projects that it refers to, and those that they refer to, each before its readers.</param>
public sealed record Project(SourceFile File, IReadOnlyList<SourceFile> Sources, IReadOnlyList<Project> References)
{
    /// <summary>The name: the file's, without its ending.</summary>
    public string Name { get; } = Path.GetFileNameWithoutExtension(File.Path);

    /// <summary>The folder, relative to the workspace.</summary>
    public string Folder { get; } = Path.GetDirectoryName(File.Path)!.Replace('\\', '/');

    /// <summary>The target frameworks of which it has several; empty for one; null when its build files do not tell.</summary>
    internal IReadOnlyList<string>? Frameworks { get; init; } = [];

    /// <summary>Where builds put what they make.</summary>
    internal string Bin => InFolder("bin");

    /// <summary>What a restore makes and every other command reads.</summary>
    internal IReadOnlyList<string> Assets { get; } =
        [.. new[] { "project.assets.json", Path.GetFileName(File.Path) + ".nuget.g.props", Path.GetFileName(File.Path) + ".nuget.g.targets" }.Select(name => $"obj/{name}")];

    /// <summary>What a build of another project that refers to it may copy from its folder: all but sources, documents and other projects, since its file may mark any of them.</summary>
    internal IEnumerable<SourceFile> Copied => Sources.Where(source => Path.GetExtension(source.Path) is not (".cs" or ".fs" or ".vb" or ".md" or ".csproj" or ".fsproj" or ".vbproj"));

    /// <summary>Files that its build files import, wherever they lie.</summary>
    internal IReadOnlyCollection<SourceFile> Imports { get; init; } = [];

    /// <summary>What MSBuild reads of it when another project refers to it: its file, and what that may import.</summary>
    internal IEnumerable<SourceFile> Evaluated => Sources.Where(source => IsEvaluated(source.Path)).Prepend(File).Concat(Imports).DistinctBy(source => source.Path);

    /// <summary>This project and all that it refers to, itself last.</summary>
    internal IEnumerable<Project> Closure => References.Append(this);

    private static bool IsEvaluated(string path) =>
        Path.GetExtension(path) is ".props" or ".targets" or ".proj" || Path.GetFileName(path) == "packages.lock.json";

    internal string InFolder(string path) => Folder.Length == 0 ? path : $"{Folder}/{path}";

    /// <inheritdoc/>
    public override string ToString() => Name;
}
