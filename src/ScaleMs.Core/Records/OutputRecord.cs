using ScaleMs.Core.Digests;
using ScaleMs.Core.Identity;
using ScaleMs.Core.Model;

namespace ScaleMs.Core.Records;

/// <summary>An artifact that an action made.</summary>
/// <param name="Path">The output's path in the private directory.</param>
/// <param name="Bytes">The byte digest.</param>
/// <param name="Length">The length in bytes.</param>
/// <param name="Identity">The identity's digest, which consumers' keys take.</param>
/// <param name="RuleName">The identity rule's name.</param>
/// <param name="RuleVersion">The identity rule's version.</param>
/// <param name="IsExecutable">Whether the owner may execute the file.</param>
/// <param name="Keep">How long its bytes were to be kept when it was made: bytes that were given up are not lost.</param>
public sealed record OutputRecord(
    ArtifactPath Path, Digest Bytes, long Length, Digest Identity, string RuleName, int RuleVersion, bool IsExecutable = false, Keep Keep = Keep.Always)
{
    /// <summary>What the store holds for an output that is absent, so that its record is kept, checked and shared like any other.</summary>
    public const string AbsentText = "scalems.absent/1\n";

    internal const string AbsentRule = "scalems.absent";

    // There are as many as steps, and a byte here is eight in each.
    private readonly byte _keep = (byte)Keep;
    private readonly Digest _bytes = Bytes;
    private readonly OutputTraits? _traits = OutputTraits.Of(Bytes, Identity, null);

    /// <summary>The byte digest.</summary>
    public Digest Bytes
    {
        get => _bytes;
        init => (_traits, _bytes) = (OutputTraits.Of(value, Identity, Compared), value);
    }

    /// <summary>The identity's digest, which consumers' keys take; mostly that of the bytes.</summary>
    public Digest Identity
    {
        get => _traits?.Identity ?? _bytes;
        init => _traits = OutputTraits.Of(_bytes, value, Compared);
    }

    /// <summary>How long its bytes were to be kept when it was made: bytes that were given up are not lost.</summary>
    public Keep Keep
    {
        get => (Keep)_keep;
        init => _keep = (byte)value;
    }

    /// <summary>How it was compared with the one that stood for it before; null where it was not, or is byte for byte the same.</summary>
    public ComparedOutput? Compared
    {
        get => _traits?.Compared;
        init => _traits = OutputTraits.Of(_bytes, Identity, value);
    }

    /// <summary>Whether it stands for a directory; its bytes are then those of the <see cref="TreeListing"/>.</summary>
    public bool IsTree => RuleName == OutputIdentity.Listing.Name;

    /// <summary>Whether the step left it out.</summary>
    public bool IsAbsent => RuleName == AbsentRule;

    /// <summary>The record of an output that the step left out. Its identity is that of no file, an empty one included.</summary>
    /// <param name="path">The output's path in the private directory.</param>
    /// <param name="keep">How long bytes of it would have been kept.</param>
    /// <returns>The record.</returns>
    public static OutputRecord Absent(ArtifactPath path, Keep keep)
    {
        var digest = Digest.OfText(AbsentText);
        return new OutputRecord(path, digest, AbsentText.Length, digest, AbsentRule, 1, Keep: keep);
    }
}
