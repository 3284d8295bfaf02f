using System.Text.Json.Serialization;
using ScaleMs.Core.Identity;
using ScaleMs.Core.Model;
using ScaleMs.Launchers.Native;

namespace ScaleMs;

/// <summary>
/// A file that a function step writes: an argument of <see cref="Step"/>'s <c>Call</c>, by itself or inside an array, a list or a record.
/// </summary>
/// <remarks>In a definition it declares the output; the function gets one that can be written.</remarks>
[JsonConverter(typeof(OutputFileJson))]
public sealed class OutputFile
{
    private readonly string? _directory;

    private OutputFile(string name, Action<Step>? declare, string? directory) => (Name, Declare, _directory) = (name, declare, directory);

    /// <summary>The absolute path; its directory exists.</summary>
    /// <exception cref="InvalidOperationException">Read in a definition, where there is no file yet.</exception>
    [JsonIgnore]
    public string Path => _directory is null
        ? throw new InvalidOperationException("An output file has a path only inside the function that it is given to.")
        : System.IO.Path.Combine(_directory, Name);

    /// <summary>Its name in the private directory.</summary>
    internal string Name { get; }

    /// <summary>Declares it as an output of a step; null in the function.</summary>
    internal Action<Step>? Declare { get; }

    /// <summary>An output, which other steps get as <see cref="Step.File"/>.</summary>
    /// <param name="name">The output's path in the private directory.</param>
    /// <param name="identity">When two contents count as equal; the bytes by default.</param>
    /// <param name="publish">Where it is published, relative to the workspace; null when it only feeds other steps.</param>
    /// <param name="keep">How long the store keeps its bytes; the record stays. Not in the key.</param>
    /// <param name="store">Where its bytes are kept: as a blob, or only where it is published. Not in the key.</param>
    /// <returns>The argument.</returns>
    public static OutputFile Named(string name, OutputIdentity? identity = null, string? publish = null, Keep keep = Keep.Always, StoreAs store = StoreAs.Blob)
    {
        ArgumentNullException.ThrowIfNull(name);
        return new OutputFile(name, step => step.Output(name, identity, publish, keep, store), null);
    }

    /// <summary>Writes a text as UTF-8.</summary>
    /// <param name="text">The text.</param>
    /// <exception cref="System.Text.EncoderFallbackException">There is half a surrogate pair in it.</exception>
    public void WriteText(string text) => FreshFile.Write(Path, text);

    /// <summary>Writes lines as UTF-8, each ended by a line feed.</summary>
    /// <param name="lines">The lines.</param>
    public void WriteLines(IEnumerable<string> lines)
    {
        ArgumentNullException.ThrowIfNull(lines);
        using var writer = new StreamWriter(FreshFile.Open(Path, FileAccess.Write, FileShare.Read)) { NewLine = "\n" };
        foreach (var line in lines)
        {
            writer.WriteLine(line);
        }
    }

    /// <summary>Opens the file for writing, empty.</summary>
    /// <returns>The stream, to be disposed of.</returns>
    public Stream OpenWrite() => FreshFile.Open(Path);

    internal static OutputFile In(string directory, string name) => new(name, null, directory);
}
