using ScaleMs.Core.Digests;

namespace ScaleMs.Core.Keys;

/// <summary>The identity of a piece of work: the digest of the closed action's encoded form.</summary>
/// <param name="Digest">The SHA-256 of the encoding.</param>
public sealed record ActionKey(Digest Digest)
{
    /// <summary>The first 12 hex digits, for folder names and people.</summary>
    public string Brief => Digest.Brief;

    /// <inheritdoc/>
    public override string ToString() => Digest.ToString();
}

/// <summary>One named part of a key, kept so that an explanation can say which value changed.</summary>
/// <param name="Name">A stable name such as <c>template/run.mdp/Temperature</c>; unique within a key.</param>
/// <param name="Value">The value where it is short, else its digest.</param>
public sealed record KeyComponent(string Name, string Value);
