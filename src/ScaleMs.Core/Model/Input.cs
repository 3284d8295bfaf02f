using ScaleMs.Core.Identity;

namespace ScaleMs.Core.Model;

/// <summary>Where the bytes of an input come from.</summary>
public abstract record InputSource
{
    private InputSource()
    {
    }

    /// <summary>A file that the user keeps: relative to the workspace with <c>/</c>, or absolute.</summary>
    /// <param name="Path">The path; it never enters a key.</param>
    public sealed record SourceFile(string Path) : InputSource;

    /// <summary>An output of another step instance.</summary>
    /// <param name="Step">The producer.</param>
    /// <param name="Output">The output's path in the producer's private directory.</param>
    public sealed record StepOutput(StepId Step, ArtifactPath Output) : InputSource;
}

/// <summary>A declared input of a step instance.</summary>
/// <param name="Name">The logical name: the path in the private directory under which the step finds it.</param>
/// <param name="Source">Where the bytes come from.</param>
/// <param name="Identity">For a source file, how two contents are compared; a step's output brings its own.</param>
/// <param name="AsBytes">Whether the consumer asks for the byte digest, whatever the producer's identity.</param>
/// <param name="IsWritable">Whether the step edits the file in place: it then gets its own copy.</param>
public sealed record Input(ArtifactPath Name, InputSource Source, ContentIdentity Identity, bool AsBytes = false, bool IsWritable = false);

/// <summary>A text file made from a source file by filling its placeholders, written into the private directory.</summary>
/// <param name="Name">The path in the private directory.</param>
/// <param name="Source">The source file with <c>@Name@</c> placeholders.</param>
/// <param name="Values">The values by placeholder name, in ordinal order of the names.</param>
/// <param name="Form">Tells the fields of the source, so that an explanation names the line that was edited; null for lines. Not in the key.</param>
public sealed record Template(ArtifactPath Name, InputSource.SourceFile Source, IReadOnlyList<KeyValuePair<string, string>> Values, ContentIdentity? Form = null);
