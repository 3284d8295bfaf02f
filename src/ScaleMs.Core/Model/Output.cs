using ScaleMs.Core.Identity;

namespace ScaleMs.Core.Model;

/// <summary>A declared output of a step instance.</summary>
/// <param name="Path">The path in the private directory.</param>
/// <param name="Identity">When two contents count as equal.</param>
/// <param name="PublishTo">Where the file is published, relative to the workspace; null when it only feeds other steps.</param>
/// <param name="Keep">How long its bytes are kept; not in the key.</param>
/// <param name="Store">Where its bytes are kept; not in the key.</param>
public sealed record Output(ArtifactPath Path, OutputIdentity Identity, ArtifactPath? PublishTo = null, Keep Keep = Keep.Always, StoreAs Store = StoreAs.Blob)
{
    // There are as many as steps, and two bytes here are eight less in each.
    private readonly byte _keep = (byte)Keep;
    private readonly byte _store = (byte)Store;

    /// <summary>How long its bytes are kept; not in the key.</summary>
    public Keep Keep
    {
        get => (Keep)_keep;
        init => _keep = (byte)value;
    }

    /// <summary>Where its bytes are kept; not in the key.</summary>
    public StoreAs Store
    {
        get => (StoreAs)_store;
        init => _store = (byte)value;
    }

    /// <summary>Whether a step that succeeds may have left it out: a file that is not there, a directory without files.</summary>
    public bool IsOptional { get; init; }

    /// <summary>For a directory, which of the files below it make the output; null for a file.</summary>
    public FilePattern? Files { get; init; }

    /// <summary>Whether it is a directory.</summary>
    public bool IsTree => Files is not null;

    /// <summary>Whether a path in the private directory belongs to it: its own, or one below a directory.</summary>
    /// <param name="path">The path.</param>
    /// <returns>Whether a record under this path is one of this output.</returns>
    public bool Covers(ArtifactPath path)
    {
        ArgumentNullException.ThrowIfNull(path);
        return path == Path || (IsTree && path.IsBelow(Path));
    }

    /// <summary>Where a file of it is published.</summary>
    /// <param name="path">The file's path in the private directory; covered by the output.</param>
    /// <returns>The path in the workspace; null when the output is not published.</returns>
    public ArtifactPath? PublishedAt(ArtifactPath path)
    {
        ArgumentNullException.ThrowIfNull(path);
        return PublishTo is null || path == Path ? PublishTo : ArtifactPath.Parse(PublishTo.Value + path.Value[Path.Value.Length..]);
    }
}
