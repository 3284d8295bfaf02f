using System.Text.Json.Serialization;
using ScaleMs.Core.Identity;

namespace ScaleMs;

/// <summary>
/// A file that a function step reads: an argument of <see cref="Step"/>'s <c>Call</c>, by itself or inside an array, a list or a record.
/// </summary>
/// <remarks>In a definition it says which file; the function gets one that can be read.</remarks>
[JsonConverter(typeof(InputFileJson))]
public sealed class InputFile
{
    private readonly string? _directory;

    private InputFile(Action<Step, string>? declare, string extension, string? name, string? directory) =>
        (Declare, Extension, Name, _directory) = (declare, extension, name, directory);

    /// <summary>The absolute path.</summary>
    /// <exception cref="InvalidOperationException">Read in a definition, where there is no file yet.</exception>
    [JsonIgnore]
    public string Path => _directory is null
        ? throw new InvalidOperationException("An input file has a path only inside the function that it is given to.")
        : System.IO.Path.Combine(_directory, Name!);

    /// <summary>Declares it as an input of a step under a name; null in the function.</summary>
    internal Action<Step, string>? Declare { get; }

    /// <summary>The extension that its name gets, with the dot, as many readers look at it.</summary>
    internal string Extension { get; }

    /// <summary>Its name in the private directory; null in the definition.</summary>
    internal string? Name { get; }

    /// <summary>An output of another step.</summary>
    /// <param name="artifact">The handle.</param>
    /// <param name="asBytes">Whether the bytes count, whatever the producer's identity.</param>
    /// <returns>The argument.</returns>
    public static InputFile Of(Artifact artifact, bool asBytes = false)
    {
        ArgumentNullException.ThrowIfNull(artifact);
        return new InputFile((step, name) => step.Input(name, artifact, asBytes), System.IO.Path.GetExtension(artifact.Path), null, null);
    }

    /// <summary>A file that the user keeps.</summary>
    /// <param name="source">The file.</param>
    /// <param name="identity">When two contents count as equal; the bytes by default.</param>
    /// <returns>The argument.</returns>
    public static InputFile Of(SourceFile source, ContentIdentity? identity = null)
    {
        ArgumentNullException.ThrowIfNull(source);
        return new InputFile((step, name) => step.Input(name, source, identity), System.IO.Path.GetExtension(source.Path), null, null);
    }

    /// <summary>Reads the lines of a text.</summary>
    /// <returns>The lines, read as the caller goes.</returns>
    public IEnumerable<string> ReadLines() => File.ReadLines(Path);

    /// <summary>Reads a text.</summary>
    /// <returns>The whole text.</returns>
    public string ReadText() => File.ReadAllText(Path);

    /// <summary>Opens the file for reading.</summary>
    /// <returns>The stream, to be disposed of.</returns>
    public Stream OpenRead() => File.OpenRead(Path);

    internal static InputFile In(string directory, string name) => new(null, string.Empty, name, directory);
}
