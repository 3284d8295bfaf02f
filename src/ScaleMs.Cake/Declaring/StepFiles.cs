namespace ScaleMs;

/// <summary>The private directory of a function step, as its method sees it.</summary>
/// <param name="directory">The directory's absolute path. The process's working directory is another one.</param>
/// <param name="cancellation">Signalled when the run ends early.</param>
public sealed class StepFiles(string directory, CancellationToken cancellation)
{
    /// <summary>Signalled when the run ends early; a long computation looks at it now and then.</summary>
    public CancellationToken Cancellation { get; } = cancellation;

    /// <summary>The absolute path of an input to read or an output to write.</summary>
    /// <param name="name">The declared name.</param>
    /// <returns>A path below the private directory.</returns>
    /// <exception cref="ArgumentException">The name leaves the directory.</exception>
    public string Path(string name) =>
        Core.Model.ArtifactPath.TryParse(name, out var path, out var problem)
            ? System.IO.Path.Combine(directory, path.Value)
            : throw new ArgumentException($"'{name}' {problem}", nameof(name));

    /// <summary>Reads the lines of a text input.</summary>
    /// <param name="name">The declared name.</param>
    /// <returns>The lines, read as the caller goes.</returns>
    public IEnumerable<string> ReadLines(string name) => File.ReadLines(Path(name));

    /// <summary>Writes a text output as UTF-8.</summary>
    /// <param name="name">The declared name.</param>
    /// <param name="text">The text.</param>
    public void WriteText(string name, string text) => File.WriteAllText(Path(name), text);
}
