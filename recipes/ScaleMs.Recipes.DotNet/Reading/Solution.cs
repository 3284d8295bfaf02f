namespace ScaleMs.Recipes.DotNet;

/// <summary>Projects with everything that they refer to, read through a context so that each read is recorded.</summary>
/// <remarks>
/// The workspace's root is the root of all paths, also in the private directories of the steps: relative references, <c>Directory.*</c> files, <c>global.json</c>
/// and the like are found there as in the workspace.
/// </remarks>
public sealed class Solution
{
    // A project at the workspace's root has everything below it, so what is made there by custom is passed over by name.
    private static readonly string[] MadeAtRoot = ["bin", "obj", "artifacts"];

    private readonly ScaleMsContext _context;
    private readonly SolutionOptions _options;
    private readonly BuildFiles _files;
    private readonly Dictionary<string, Project> _projects = new(StringComparer.Ordinal);
    private readonly List<(string What, string Advice)> _faults = [];
    private readonly List<(string Path, string Name)> _looksUp = [];

    private Solution(ScaleMsContext context, IReadOnlyList<SourceFile> projects, SolutionOptions options)
    {
        (_context, _options, _files) = (context, options, new BuildFiles(context));
        if (context.Home.Length > 0)
        {
            _faults.Add(($"the solution is read through a context whose home is '{context.Home}'", "give that context the home \"\", so that paths count from the workspace's root"));
            projects = [];
        }

        foreach (var project in projects)
        {
            Read(project.Path, []);
        }

        var above = new FilesAbove(context);
        Shared = [.. SharedFiles().DistinctBy(file => file.Path).OrderBy(file => file.Path, StringComparer.Ordinal)];
        Above = above.SettingFiles;
        Faults = [.. _faults.Concat(_files.Faults).Concat(above.Faults).Concat(_looksUp.Where(IsUnseen).Select(NotShared)).Distinct()];
    }

    /// <summary>The projects, each after those that it refers to.</summary>
    public IReadOnlyCollection<Project> Projects => _projects.Values;

    /// <summary>Files that every project is built with.</summary>
    public IReadOnlyList<SourceFile> Shared { get; }

    /// <summary>Files above the workspace whose settings count in every build, such as a <c>nuget.config</c>; each is found there, and its content is in the keys.</summary>
    public IReadOnlyList<SourceFile> Above { get; }

    internal IReadOnlyList<(string What, string Advice)> Faults { get; }

    /// <summary>Reads projects and all that they refer to.</summary>
    /// <param name="context">The workflow's context; its home is the workspace's root.</param>
    /// <param name="projects">Project files, such as those of a pattern.</param>
    /// <param name="shared">More files that every project is built with, besides those that the tools find by their names.</param>
    /// <returns>The solution.</returns>
    public static Solution Read(ScaleMsContext context, IReadOnlyList<SourceFile> projects, params IReadOnlyList<SourceFile> shared) => Read(context, projects, new SolutionOptions { Shared = shared });

    /// <summary>Reads projects and all that they refer to.</summary>
    /// <param name="context">The workflow's context; its home is the workspace's root.</param>
    /// <param name="projects">Project files, such as those of a pattern.</param>
    /// <param name="options">What the files do not tell.</param>
    /// <returns>The solution.</returns>
    public static Solution Read(ScaleMsContext context, IReadOnlyList<SourceFile> projects, SolutionOptions options)
    {
        ArgumentNullException.ThrowIfNull(context);
        ArgumentNullException.ThrowIfNull(projects);
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(options.Shared);
        return new Solution(context, projects, options);
    }

    private static (string What, string Advice) NotShared((string Path, string Name) look) => (
        $"'{look.Path}' looks for '{look.Name}' in the folders above, where no step would have it, so that the workspace's own is read unseen", "name the file as a shared one in Solution.Read");

    private bool IsUnseen((string Path, string Name) look) => !BuildFiles.IsFoundByName(look.Name) && !Shared.Any(file => Path.GetFileName(file.Path) == look.Name);

    private IEnumerable<SourceFile> SharedFiles() =>
        _options.Shared.Concat(_projects.Keys.SelectMany(BuildFiles.FoldersAbove).Append(string.Empty).Distinct(StringComparer.Ordinal).SelectMany(_files.FoundIn));

    private Project? Read(string path, IReadOnlyList<string> readers)
    {
        if (_projects.TryGetValue(path, out var known))
        {
            return known;
        }

        if (readers.Contains(path))
        {
            _faults.Add(($"projects refer to each other in a circle: {string.Join(" → ", [.. readers.SkipWhile(reader => reader != path), path])}", "take one of the references away"));
            return null;
        }

        return _files.Read(path, isProject: true) is { } file ? _projects[path] = ProjectOf(file, [.. readers, path]) : null;
    }

    private Project ProjectOf(BuildFile file, IReadOnlyList<string> readers)
    {
        var evaluation = new Evaluation(_files, _options, _context.Workspace, file);
        var direct = evaluation.References.Select(reference => Read(reference, readers)).OfType<Project>().ToList();
        _faults.AddRange(evaluation.Faults);
        _looksUp.AddRange(evaluation.LooksUp);
        return new Project(
            new SourceFile(file.Path),
            [.. FilesOf(file.Folder).Concat(evaluation.Outside).DistinctBy(source => source.Path).OrderBy(source => source.Path, StringComparer.Ordinal)],
            [.. direct.SelectMany(reference => reference.References.Append(reference)).DistinctBy(reference => reference.File.Path)])
        {
            Imports = evaluation.Imports,
            Frameworks = evaluation.Frameworks,
        };
    }

    /// <summary>All files of a project's folder but those of its own <c>bin</c> and <c>obj</c>; of one at the workspace's root hidden files are not among them.</summary>
    private IReadOnlyList<SourceFile> FilesOf(string folder) => folder.Length == 0
        ? _context.Glob("**", except: MadeAtRoot)
        : _context.Folder(folder, except: [$"{folder}/bin", $"{folder}/obj"]).Files;
}
