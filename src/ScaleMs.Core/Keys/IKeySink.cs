using ScaleMs.Core.Digests;

namespace ScaleMs.Core.Keys;

/// <summary>Takes a key's parts in the order of the walk.</summary>
internal interface IKeySink
{
    /// <summary>A named value.</summary>
    void Text(in KeyName name, string value);

    /// <summary>A named digest: the same as its text.</summary>
    void Digest(in KeyName name, Digest value);

    /// <summary>How many of something follow.</summary>
    void Count(in KeyName name, int count);
}
