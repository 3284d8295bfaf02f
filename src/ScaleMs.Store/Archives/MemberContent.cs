using ScaleMs.Core.Digests;
using ScaleMs.Core.Identity;

namespace ScaleMs.Store.Archives;

/// <summary>The content of one member.</summary>
/// <param name="Digest">The digest of its bytes.</param>
/// <param name="Length">How many there are.</param>
internal sealed record MemberContent(Digest Digest, long Length)
{
    /// <summary>Reads a member to its end.</summary>
    /// <param name="stream">The unpacked bytes; null for none.</param>
    public static MemberContent Of(Stream? stream)
    {
        var digester = ContentIdentity.Bytes.Start();
        var part = new byte[1 << 16];
        var length = 0L;
        for (var read = stream?.Read(part) ?? 0; read > 0; read = stream!.Read(part))
        {
            digester.Append(part.AsSpan(0, read));
            length += read;
        }

        return new MemberContent(digester.Finish(), length);
    }
}
