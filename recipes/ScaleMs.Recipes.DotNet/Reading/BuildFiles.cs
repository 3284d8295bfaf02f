using System.Xml;

namespace ScaleMs.Recipes.DotNet;

/// <summary>The build files of a workspace, each read once, through a context so that each read is recorded.</summary>
/// <param name="context">The context.</param>
internal sealed class BuildFiles(ScaleMsContext context)
{
    // What MSBuild, NuGet, the SDK and the compiler look for from a project's folder upwards.
    private static readonly string[] SharedNames = ["global.json", "nuget.config"];
    private static readonly string[] HiddenNames = [".editorconfig", ".globalconfig"];

    private readonly Dictionary<string, BuildFile?> _read = new(StringComparer.Ordinal);
    private readonly Dictionary<string, IReadOnlyList<SourceFile>> _shared = new(StringComparer.Ordinal);
    private readonly Dictionary<string, IReadOnlyList<SourceFile>> _found = new(StringComparer.Ordinal);

    /// <summary>What is wrong with the files that were read.</summary>
    public List<(string What, string Advice)> Faults { get; } = [];

    /// <summary>Whether a file is found by its name, by whatever is built below its folder.</summary>
    public static bool IsFoundByName(string name) =>
        name.StartsWith("Directory.", StringComparison.OrdinalIgnoreCase) || SharedNames.Contains(name, StringComparer.OrdinalIgnoreCase);

    /// <summary>The folder of a file and all above it up to the workspace's root, which is empty.</summary>
    public static IEnumerable<string> FoldersAbove(string path)
    {
        for (var folder = path; folder.Length > 0;)
        {
            yield return folder = Path.GetDirectoryName(folder)!.Replace('\\', '/');
        }
    }

    /// <summary>A file of MSBuild; null when it cannot be read, which is a fault.</summary>
    /// <param name="path">The path in the workspace.</param>
    /// <param name="isProject">Whether it is a project, rather than what one imports.</param>
    public BuildFile? Read(string path, bool isProject = false)
    {
        if (!_read.TryGetValue(path, out var file))
        {
            _read[path] = file = Parse(path, isProject ? "project" : "build file");
        }

        return file;
    }

    /// <summary>The files that a path or a pattern names.</summary>
    public IReadOnlyList<SourceFile> Find(string pattern) => _found.TryGetValue(pattern, out var files) ? files : _found[pattern] = context.Glob(pattern, allowNone: true);

    /// <summary>The files of a folder that are found by their names.</summary>
    public IReadOnlyList<SourceFile> FoundIn(string folder)
    {
        if (!_shared.TryGetValue(folder, out var files))
        {
            var below = folder.Length == 0 ? folder : folder + "/";
            _shared[folder] = files =
            [
                .. context.Glob(below + "*", allowNone: true).Where(file => IsFoundByName(Path.GetFileName(file.Path))),
                .. HiddenNames.SelectMany(name => context.Glob(below + name, allowNone: true)),
            ];
        }

        return files;
    }

    private BuildFile? Parse(string path, string what)
    {
        try
        {
            return new BuildFile(path, context.ReadLines(new SourceFile(path)));
        }
        catch (Exception exception) when (exception is XmlException or IOException or UnauthorizedAccessException)
        {
            Faults.Add(($"the {what} '{path}' cannot be read: {exception.Message.TrimEnd('.')}", "correct the path, or the file"));
            return null;
        }
    }
}
