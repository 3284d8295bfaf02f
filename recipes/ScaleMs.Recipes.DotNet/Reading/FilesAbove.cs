namespace ScaleMs.Recipes.DotNet;

/// <summary>Files above the workspace that builds would find by their names.</summary>
/// <param name="context">The context: each look is recorded.</param>
internal sealed class FilesAbove(ScaleMsContext context)
{
    // Found by looking upwards until there is one.
    private static readonly string[] Evaluated = ["Directory.Build.props", "Directory.Build.targets", "Directory.Packages.props", "Directory.Build.rsp", "global.json"];

    // Each one counts, however many there are; NuGet knows three spellings.
    private static readonly string[][] Settings = [[".editorconfig"], [".globalconfig"], ["nuget.config", "NuGet.config", "NuGet.Config"]];

    private IReadOnlyList<string> Folders { get; } = [.. Above(context.Workspace)];

    /// <summary>Files that decide how projects are built: the workspace has to say so itself.</summary>
    public IEnumerable<(string What, string Advice)> Faults => Evaluated.Where(name => !IsThere(Path.Combine(context.Workspace, name)))
        .Select(name => Folders.Select(folder => Path.Combine(folder, name)).FirstOrDefault(IsThere)).OfType<string>().Select(FaultOf);

    /// <summary>Files whose settings add to the workspace's own, with the names that they get as inputs.</summary>
    public IReadOnlyList<SourceFile> SettingFiles => [.. Folders.SelectMany((folder, index) => Settings.Select(names => Setting(folder, index, names))).OfType<SourceFile>()];

    private static (string What, string Advice) FaultOf(string path) => (
        $"'{path}' lies above the workspace and would be part of every build, where no step would see it change",
        $"put a {Path.GetFileName(path)} into the workspace's root, where the search for one ends, or begin the workspace at a folder that holds this one");

    private SourceFile? Setting(string folder, int index, string[] names) =>
        Array.Find(names, name => IsThere(Path.Combine(folder, name))) is { } found ? new SourceFile(Path.Combine(folder, found)) { Name = $".above/{index + 1}/{found}" } : null;

    private bool IsThere(string path) => context.Exists(new SourceFile(path.Replace('\\', '/')));

    private static IEnumerable<string> Above(string workspace)
    {
        for (var folder = Path.GetDirectoryName(workspace); folder is not null; folder = Path.GetDirectoryName(folder))
        {
            yield return folder;
        }
    }
}
