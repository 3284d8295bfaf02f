using ScaleMs.Core.Faults;
using ScaleMs.Core.Identity;
using ScaleMs.Core.Model;

namespace ScaleMs;

/// <content>Whole directories.</content>
public sealed partial class Step
{
    /// <summary>A handle to one of the declared directories: who takes it as an input finds the whole directory under the input's name.</summary>
    /// <param name="path">The directory's path in the private directory.</param>
    /// <returns>The handle.</returns>
    public Artifact Tree(string path) => new(Id, path);

    /// <summary>Declares a directory as an output: all files in it, or those that a pattern names. Nothing else of the step may lie in it.</summary>
    /// <param name="path">The directory in the private directory; it is there when the commands start.</param>
    /// <param name="pattern">Which files below it make the output, such as <c>*.gro</c> or <c>**/*.gro</c>; all of them by default.</param>
    /// <param name="publish">The folder where the files are published, relative to the workspace; null when they only feed other steps.</param>
    /// <param name="keep">How long the store keeps their bytes; the record stays. Not in the key.</param>
    /// <param name="isOptional">Whether there may be no file at all.</param>
    /// <returns>This step.</returns>
    public Step OutputTree(string path, string? pattern = null, string? publish = null, Keep keep = Keep.Always, bool isOptional = false)
    {
        _outputs.Add(new Output(Path(path), OutputIdentity.Listing, publish is null ? null : Path(publish), keep) { IsOptional = isOptional, Files = Files(pattern) });
        return this;
    }

    private FilePattern Files(string? pattern)
    {
        if (pattern is null)
        {
            return FilePattern.All;
        }

        if (!FilePattern.TryParse(pattern, out var files, out var problem))
        {
            _collector.Report(new Fault(
                "SMS1003", FaultKind.Definition, $"the pattern '{pattern}' of step '{Id}' {problem}", _where,
                "use a relative pattern with '/', such as '*.gro' or '**/*.gro'"));
        }

        return files ?? FilePattern.All;
    }
}
