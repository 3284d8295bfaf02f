using ScaleMs.Core.Digests;

namespace ScaleMs.Core.Keys;

/// <summary>The fingerprint of a tool that is known by its bytes.</summary>
public static class BinaryVersion
{
    /// <summary>The fingerprint of an executable.</summary>
    /// <param name="bytes">The digest of the file.</param>
    /// <returns>One line.</returns>
    public static ToolFingerprint Of(Digest bytes) => new([KeyValuePair.Create("binary", bytes.ToString())]);
}
