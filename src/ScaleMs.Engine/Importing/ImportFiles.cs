using ScaleMs.Core.Faults;
using ScaleMs.Core.Identity;
using ScaleMs.Core.Model;
using ScaleMs.Core.Ports;
using ScaleMs.Engine.Executing;

namespace ScaleMs.Engine.Importing;

/// <summary>Finds the files and directories of steps in a folder: by an output's published path, its path in the private directory, or its published name.</summary>
/// <param name="order">The folder.</param>
/// <param name="disk">The disk.</param>
internal sealed class ImportFiles(ImportOrder order, IDisk disk)
{
    /// <summary>Looks for the file or directory of an output.</summary>
    /// <returns>Where it is, null for an optional one that is not there; or what is wrong, as the second half of a sentence.</returns>
    public (string? File, string? Problem) Find(Output output)
    {
        var names = NamesOf(output).ToList();
        var found = names.Where(name => disk.Stat(PathOf(name)) is not null).ToList();
        // The published path is the output's alone; the other two names may be another's.
        found = found.Count > 1 && found[0] == output.PublishTo?.Value ? [found[0]] : found;
        return found.Count switch
        {
            _ when output.Identity is OutputIdentity.Filtered => (null, $"output '{output.Path}' is told by a command, which an import does not run"),
            0 when output.IsOptional => (null, null),
            0 => (null, $"'{order.Name}' has no {string.Join(" and no ", names.Select(name => $"'{name}'"))}"),
            > 1 when found.Select(name => disk.RealPath(PathOf(name))).Distinct(StringComparer.Ordinal).Count() > 1 =>
                (null, $"'{order.Name}' has both {string.Join(" and ", found.Select(name => $"'{name}'"))}, and either may be output '{output.Path}'"),
            _ when output.Files is { } wanted => FindTree(output, found[0], wanted),
            _ when disk.Stat(PathOf(found[0])) is not { IsFile: true } => (null, $"'{found[0]}' in '{order.Name}' is no regular file"),
            _ => (PathOf(found[0]), null),
        };
    }

    private (string? File, string? Problem) FindTree(Output output, string name, FilePattern wanted)
    {
        if (disk.Stat(PathOf(name)) is not { IsDirectory: true })
        {
            return (null, $"'{name}' in '{order.Name}' is no directory");
        }

        var (contents, problem) = new TreeSurvey(disk, PathOf(name), wanted).Look();
        return problem is not null ? (null, $"'{name}' in '{order.Name}' {problem}")
            : contents!.Files.Count == 0 && !output.IsOptional ? (null, $"'{name}' in '{order.Name}' holds no file{(wanted.IsAll ? string.Empty : $" that '{wanted}' names")}")
            : (PathOf(name), null);
    }

    /// <summary>The file that a condition of success looks at; null where it is not in the folder, so that the condition cannot be checked.</summary>
    public string? Find(StepInstance step, ArtifactPath path)
    {
        var declared = step.Outputs.FirstOrDefault(output => output.Path == path);
        var file = declared is null ? PathOf(path.Value) : Find(declared).File;
        return file is not null && disk.Stat(file) is not null ? file : null;
    }

    /// <summary>What keeps a step from being imported: all of it at once.</summary>
    public IEnumerable<Fault> Faults(StepInstance step) => step.Outputs
        .Select(output => Find(output).Problem)
        .OfType<string>()
        .Select(problem => ImportFaults.NoFile(step, problem));

    /// <summary>Files that two outputs would take: which of them is meant, nobody can say.</summary>
    public IEnumerable<Fault> Doubtful(IEnumerable<StepInstance> steps) => steps
        .SelectMany(step => step.Outputs.Select(output => (step, output, Find(output).File)))
        .Where(taken => taken.File is not null)
        .GroupBy(taken => disk.RealPath(taken.File!), StringComparer.Ordinal)
        .Where(group => group.Count() > 1)
        .Select(group => ImportFaults.TakenTwice(group.Key, [.. group.Select(taken => $"'{taken.output.Path}' of '{taken.step.Id}'")], group.First().step));

    /// <summary>Whether an output's file already stands where it is to be published.</summary>
    public bool IsInPlace(Output output, string published) =>
        Find(output).File is { } file && disk.Stat(published) is not null && disk.RealPath(file) == disk.RealPath(published);

    private static IEnumerable<string> NamesOf(Output output) =>
        new[] { output.PublishTo?.Value, output.Path.Value, output.PublishTo?.FileName }.OfType<string>().Distinct(StringComparer.Ordinal);

    private string PathOf(string name) => Path.Combine(order.Directory, name);
}
