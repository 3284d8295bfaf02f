using ScaleMs.Core.Digests;

namespace ScaleMs.Core.Keys;

/// <summary>Makes the explanation of a key.</summary>
internal sealed class KeyComponents : IKeySink
{
    /// <summary>Longer values are stored as their digest; the key itself takes the whole value.</summary>
    private const int LongestShortValue = 120;

    private readonly List<KeyComponent> _components = [];

    public IReadOnlyList<KeyComponent> List => _components;

    public void Text(in KeyName name, string value) =>
        _components.Add(new KeyComponent(name.ToString(), value.Length <= LongestShortValue ? value : Digests.Digest.OfText(value).ToString()));

    public void Digest(in KeyName name, Digest value) => _components.Add(new KeyComponent(name.ToString(), value.ToString()));

    public void Count(in KeyName name, int count)
    {
        // Numbers of things only keep the encoding unambiguous.
    }
}
