using System.Security.Cryptography;
using ScaleMs.Core.Digests;

namespace ScaleMs.Core.Identity;

/// <summary>A canonical identity: a pure function of a file's bytes that decides when two contents count as equal.</summary>
/// <remarks>Its name and version enter the keys of consumers, so a change of the rule makes them stale.</remarks>
public abstract class ContentIdentity
{
    /// <summary>The bytes themselves; the default.</summary>
    public static ContentIdentity Bytes { get; } = new BytesIdentity();

    /// <summary>Text in which CRLF counts as LF.</summary>
    public static ContentIdentity Text { get; } = new LineIdentity("text", 1, line => line);

    /// <summary>The rule's name, such as <c>gromacs.log</c>.</summary>
    public abstract string Name { get; }

    /// <summary>The rule's version, from 1; raise it when the rule changes.</summary>
    public abstract int Version { get; }

    /// <summary>Whether the identity is the digest of the bytes, so that no second pass is needed.</summary>
    public virtual bool IsBytes => false;

    /// <summary>Begins a pass over one file.</summary>
    /// <returns>A digester that takes the bytes in order.</returns>
    public abstract IContentDigester Start();

    /// <summary>What a person would compare in a text of this kind, so that an explanation names the value that changed. Never enters a key.</summary>
    /// <param name="text">A small file's text.</param>
    /// <returns>Names and values in the order of the text, a line without a name under an empty one; null (the default) when contents are told apart by digest only.</returns>
    public virtual IReadOnlyList<KeyValuePair<string, string>>? Fields(string text) => null;

    private sealed class BytesIdentity : ContentIdentity
    {
        public override string Name => "bytes";

        public override int Version => 1;

        public override bool IsBytes => true;

        public override IContentDigester Start() => new ByteDigester();
    }

    private sealed class ByteDigester : IContentDigester
    {
        private readonly IncrementalHash _hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);

        public void Append(ReadOnlySpan<byte> bytes) => _hash.AppendData(bytes);

        public Digest Finish()
        {
            using (_hash)
            {
                return new Digest(_hash.GetHashAndReset());
            }
        }
    }
}

/// <summary>Takes a file's bytes in order and gives the identity.</summary>
public interface IContentDigester
{
    /// <summary>Takes the next bytes.</summary>
    /// <param name="bytes">The bytes that follow those before.</param>
    void Append(ReadOnlySpan<byte> bytes);

    /// <summary>Ends the pass.</summary>
    /// <returns>The identity of all bytes taken.</returns>
    Digest Finish();
}
