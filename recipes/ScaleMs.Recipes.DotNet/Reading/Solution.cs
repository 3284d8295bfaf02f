using System.Xml;

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

    // What MSBuild, NuGet, the SDK and the compiler look for from a project's folder upwards.
    private static readonly string[] SharedNames = ["global.json", "nuget.config"];
    private static readonly string[] HiddenNames = [".editorconfig", ".globalconfig"];

    private readonly ScaleMsContext _context;
    private readonly Dictionary<string, Project> _projects = new(StringComparer.Ordinal);
    private readonly List<(string What, string Advice)> _faults = [];
    private readonly List<SourceFile> _shared;
    private readonly List<(string Path, string Name)> _looksUp = [];

    private Solution(ScaleMsContext context, IReadOnlyList<SourceFile> projects, IReadOnlyList<SourceFile> shared)
    {
        _context = context;
        if (context.Home.Length > 0)
        {
            _faults.Add(($"the solution is read through a context whose home is '{context.Home}'", "give that context the home \"\", so that paths count from the workspace's root"));
            projects = [];
        }

        foreach (var project in projects)
        {
            Read(project.Path, []);
        }

        _shared = [.. shared.Concat(Folders().SelectMany(SharedIn)).DistinctBy(file => file.Path).OrderBy(file => file.Path, StringComparer.Ordinal)];
        _looksUp.AddRange(_shared.Where(file => Path.GetExtension(file.Path) is ".props" or ".targets")
            .SelectMany(file => ProjectFile.LooksUpIn(string.Join('\n', context.ReadLines(file))).Select(name => (file.Path, name))));
        _faults.AddRange(_looksUp.Where(look => !_shared.Exists(file => Path.GetFileName(file.Path) == look.Name) && !IsShared(look.Name)).Select(NotShared));
    }

    /// <summary>The projects, each after those that it refers to.</summary>
    public IReadOnlyCollection<Project> Projects => _projects.Values;

    /// <summary>Files that every project is built with.</summary>
    public IReadOnlyList<SourceFile> Shared => _shared;

    internal IReadOnlyList<(string What, string Advice)> Faults => _faults;

    /// <summary>Reads projects and all that they refer to.</summary>
    /// <param name="context">The workflow's context; its home is the workspace's root.</param>
    /// <param name="projects">Project files, such as those of a pattern.</param>
    /// <param name="shared">More files that every project is built with, besides those that the tools find by their names.</param>
    /// <returns>The solution.</returns>
    public static Solution Read(ScaleMsContext context, IReadOnlyList<SourceFile> projects, params IReadOnlyList<SourceFile> shared)
    {
        ArgumentNullException.ThrowIfNull(context);
        ArgumentNullException.ThrowIfNull(projects);
        ArgumentNullException.ThrowIfNull(shared);
        return new Solution(context, projects, shared);
    }

    private static (string What, string Advice) NotShared((string Path, string Name) look) => (
        $"'{look.Path}' looks for '{look.Name}' in the folders above, where no step would have it, so that the workspace's own is read unseen", "name the file as a shared one in Solution.Read");

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

        return Parse(path) is { } file ? _projects[path] = ProjectOf(path, file, [.. readers, path]) : null;
    }

    private ProjectFile? Parse(string path)
    {
        try
        {
            var file = new ProjectFile(path, _context.ReadLines(new SourceFile(path)));
            foreach (var reference in file.UnclearReferences)
            {
                _faults.Add(($"'{path}' refers to the project '{reference}', and only MSBuild knows which that is", "write the path out"));
            }

            _looksUp.AddRange(file.LooksUp.Select(name => (path, name)));
            return file;
        }
        catch (Exception exception) when (exception is XmlException or IOException or UnauthorizedAccessException)
        {
            _faults.Add(($"the project '{path}' cannot be read: {exception.Message.TrimEnd('.')}", "correct the path, or the file"));
            return null;
        }
    }

    private Project ProjectOf(string path, ProjectFile file, IReadOnlyList<string> readers)
    {
        var direct = file.References.Select(reference => Read(reference, readers)).OfType<Project>().ToList();
        var sources = FilesOf(Path.GetDirectoryName(path)!.Replace('\\', '/')).Concat(file.Outside.SelectMany(outside => _context.Glob(outside, allowNone: true)));
        return new Project(
            new SourceFile(path),
            [.. sources.DistinctBy(source => source.Path).OrderBy(source => source.Path, StringComparer.Ordinal)],
            [.. direct.SelectMany(reference => reference.References.Append(reference)).DistinctBy(reference => reference.File.Path)]);
    }

    /// <summary>All files of a project's folder but those of its own <c>bin</c> and <c>obj</c>; of one at the workspace's root hidden files are not among them.</summary>
    private IReadOnlyList<SourceFile> FilesOf(string folder) => folder.Length == 0
        ? _context.Glob("**", except: MadeAtRoot)
        : _context.Folder(folder, except: [$"{folder}/bin", $"{folder}/obj"]).Files;

    /// <summary>The folders of the projects, and all above them.</summary>
    private IEnumerable<string> Folders() => _projects.Values.SelectMany(project => Above(project.Folder)).Append(string.Empty).Distinct(StringComparer.Ordinal);

    private static IEnumerable<string> Above(string folder)
    {
        for (; folder.Length > 0; folder = Path.GetDirectoryName(folder)!.Replace('\\', '/'))
        {
            yield return folder;
        }
    }

    private IEnumerable<SourceFile> SharedIn(string folder)
    {
        var below = folder.Length == 0 ? folder : folder + "/";
        return _context.Glob(below + "*", allowNone: true).Where(file => IsShared(Path.GetFileName(file.Path)))
            .Concat(HiddenNames.SelectMany(name => _context.Glob(below + name, allowNone: true)));
    }

    private static bool IsShared(string name) =>
        name.StartsWith("Directory.", StringComparison.OrdinalIgnoreCase) || SharedNames.Contains(name, StringComparer.OrdinalIgnoreCase);
}
