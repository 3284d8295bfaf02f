namespace ScaleMs.Core.Keys;

/// <summary>Takes a key's parts in the order of the walk.</summary>
internal interface IKeySink
{
    /// <summary>A named value.</summary>
    void Text(in KeyName name, string value);

    /// <summary>How many of something follow.</summary>
    void Count(in KeyName name, int count);
}
