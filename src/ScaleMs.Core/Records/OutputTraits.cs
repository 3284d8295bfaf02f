using ScaleMs.Core.Digests;

namespace ScaleMs.Core.Records;

/// <summary>What few outputs have: an identity that is not that of their bytes, and how they were compared.</summary>
internal sealed record OutputTraits(Digest Identity, ComparedOutput? Compared)
{
    /// <summary>What is to be kept beside the bytes' digest; null for nothing.</summary>
    public static OutputTraits? Of(Digest bytes, Digest identity, ComparedOutput? compared) =>
        identity == bytes && compared is null ? null : new OutputTraits(identity, compared);
}
