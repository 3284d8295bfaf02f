namespace ScaleMs.Recipes.DotNet;

/// <summary>What the build files of one project name: those above it, its own, and all that they import, with the properties that they set.</summary>
/// <remarks>More may be named than a build takes, since no condition is evaluated; never less, unless it is told.</remarks>
internal sealed class Evaluation
{
    private readonly BuildFiles _files;
    private readonly BuildFile _project;
    private readonly PropertyTable _properties;
    private readonly MentionedPaths _paths;
    private readonly List<BuildFile> _read = [];
    private readonly SortedDictionary<string, SourceFile> _imports = new(StringComparer.Ordinal);

    public Evaluation(BuildFiles files, SolutionOptions options, string workspace, BuildFile project)
    {
        (_files, _project) = (files, project);
        _properties = new PropertyTable(workspace, project.Path);
        _paths = new MentionedPaths(workspace, project.Folder, _properties, options.NotFollowed);
        var above = BuildFiles.FoldersAbove(project.Path).SelectMany(files.FoundIn).Concat(options.Shared).Where(file => Path.GetExtension(file.Path) is ".props" or ".targets");
        Add([.. above.Select(file => files.Read(file.Path)), project]);

        // A property may be set behind an import that needs it.
        while (NewImports() is { Count: > 0 } imports)
        {
            Add(imports);
        }
    }

    /// <summary>The target frameworks that <c>TargetFrameworks</c> lists; empty when nothing sets it, null when it may have several values, or none because <c>TargetFramework</c> has one.</summary>
    public IReadOnlyList<string>? Frameworks => _properties.ValuesOf("TargetFrameworks") switch
    {
        { IsClear: true, Texts: [] or [""] } => [],
        { IsClear: true, Texts: [var list] } when !list.Contains('*', StringComparison.Ordinal) && _properties.ValuesOf("TargetFramework") is { IsClear: true, Texts: [] } => list.Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries),
        _ => null,
    };

    /// <summary>Each name that a build file looks for in the folders above.</summary>
    public IEnumerable<(string Path, string Name)> LooksUp => _read.SelectMany(file => file.LooksUp, (file, name) => (file.Path, name));

    /// <summary>Files that are imported, wherever they lie.</summary>
    public IReadOnlyCollection<SourceFile> Imports => _imports.Values;

    /// <summary>The projects that it refers to, relative to the workspace.</summary>
    public IReadOnlyList<string> References => [.. Paths(MentionKind.Reference).Where(path => path != _project.Path)];

    /// <summary>Files outside its folder that are imported or taken as items.</summary>
    public IReadOnlyList<SourceFile> Outside =>
        [.. Paths(MentionKind.Item).Where(path => !_paths.IsOwn(path)).SelectMany(_files.Find), .. Imports.Where(file => !_paths.IsOwn(file.Path))];

    /// <summary>What cannot be followed, and what is out of reach.</summary>
    public IEnumerable<(string What, string Advice)> Faults => _read.SelectMany(file => file.Mentions).Select(_paths.FaultOf).OfType<(string What, string Advice)>();

    private IReadOnlyList<string> Paths(MentionKind kind) =>
        [.. _read.SelectMany(file => file.Mentions).Where(mention => mention.Kind == kind).SelectMany(_paths.Of).Distinct(StringComparer.Ordinal)];

    private void Add(IEnumerable<BuildFile?> files)
    {
        foreach (var file in files.OfType<BuildFile>())
        {
            _read.Add(file);
            _properties.Add(file);
        }
    }

    private List<BuildFile?> NewImports()
    {
        var found = Paths(MentionKind.Import).Where(path => !_paths.IsMade(path)).SelectMany(_files.Find);
        return [.. found.Where(file => _imports.TryAdd(file.Path, file) && _read.TrueForAll(read => read.Path != file.Path)).Select(file => _files.Read(file.Path))];
    }
}
