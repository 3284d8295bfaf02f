using ScaleMs.Launchers.Native;

namespace ScaleMs;

/// <summary>The private directory of a function step, as its method sees it.</summary>
public sealed class StepFiles
{
    private readonly string _directory;
    private readonly Func<CancellationToken> _cancellation;

    /// <summary>Makes one for a directory, as tests of functions do.</summary>
    /// <param name="directory">The directory's absolute path.</param>
    /// <param name="cancellation">Signalled when the run ends early.</param>
    public StepFiles(string directory, CancellationToken cancellation)
        : this(directory, () => cancellation)
    {
    }

    internal StepFiles(string directory, Func<CancellationToken> cancellation) => (_directory, _cancellation) = (directory, cancellation);

    /// <summary>Signalled when the run ends early or the time is up; a long computation looks at it now and then.</summary>
    /// <remarks>A function that never asks for it is ended at once; one that has asked gets some seconds to come to its end.</remarks>
    public CancellationToken Cancellation => _cancellation();

    /// <summary>What the step keeps between its runs; only of one that is declared with <see cref="Step.KeepsState"/>.</summary>
    public StepState State => new(System.IO.Path.GetDirectoryName(_directory)!);

    /// <summary>The absolute path of an input to read or an output to write.</summary>
    /// <param name="name">The declared name.</param>
    /// <returns>A path below the private directory.</returns>
    /// <exception cref="ArgumentException">The name leaves the directory.</exception>
    public string Path(string name) =>
        Core.Model.ArtifactPath.TryParse(name, out var path, out var problem)
            ? System.IO.Path.Combine(_directory, path.Value)
            : throw new ArgumentException($"'{name}' {problem}", nameof(name));

    /// <summary>Reads the lines of a text input.</summary>
    /// <param name="name">The declared name.</param>
    /// <returns>The lines, read as the caller goes.</returns>
    public IEnumerable<string> ReadLines(string name) => File.ReadLines(Path(name));

    /// <summary>Writes a text output as UTF-8.</summary>
    /// <param name="name">The declared name.</param>
    /// <param name="text">The text.</param>
    /// <exception cref="System.Text.EncoderFallbackException">There is half a surrogate pair in it.</exception>
    public void WriteText(string name, string text) => FreshFile.Write(Path(name), text);
}
