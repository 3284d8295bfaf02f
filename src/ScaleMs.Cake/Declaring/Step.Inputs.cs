using ScaleMs.Core.Identity;

namespace ScaleMs;

/// <content>Many inputs at once.</content>
public sealed partial class Step
{
    /// <summary>Declares inputs made by other steps, in order.</summary>
    /// <param name="name">The path under which this step finds one of them, given its number from 1.</param>
    /// <param name="artifacts">The handles.</param>
    /// <returns>This step.</returns>
    public Step Inputs(Func<int, string> name, IEnumerable<Artifact> artifacts)
    {
        ArgumentNullException.ThrowIfNull(name);
        ArgumentNullException.ThrowIfNull(artifacts);
        var number = 0;
        foreach (var artifact in artifacts)
        {
            Input(name(++number), artifact);
        }

        return this;
    }

    /// <summary>Declares files that the user keeps as inputs, such as those of a glob.</summary>
    /// <param name="folder">The folder under which this step finds them, each by its <see cref="SourceFile.Name"/>.</param>
    /// <param name="files">The files.</param>
    /// <param name="identity">When two contents count as equal; the bytes by default.</param>
    /// <returns>This step.</returns>
    public Step Inputs(string folder, IEnumerable<SourceFile> files, ContentIdentity? identity = null)
    {
        ArgumentNullException.ThrowIfNull(files);
        foreach (var file in files)
        {
            Input($"{folder}/{file.Name}", file, identity);
        }

        return this;
    }

    /// <summary>Declares all files of a directory that the user keeps as inputs.</summary>
    /// <param name="name">The folder under which this step finds them.</param>
    /// <param name="folder">The directory.</param>
    /// <param name="identity">When two contents count as equal; the bytes by default.</param>
    /// <returns>This step.</returns>
    public Step Input(string name, SourceFolder folder, ContentIdentity? identity = null)
    {
        ArgumentNullException.ThrowIfNull(folder);
        return Inputs(name, folder.Files, identity);
    }
}
