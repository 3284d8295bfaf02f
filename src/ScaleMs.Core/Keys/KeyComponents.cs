using ScaleMs.Core.Digests;

namespace ScaleMs.Core.Keys;

/// <summary>Makes the explanation of a key.</summary>
/// <param name="former">
/// The components of a former key. As long as they come in the same order, what is the same is taken from there: those of a step with ten thousand inputs take
/// megabytes, and an explanation compares two of them.
/// </param>
internal sealed class KeyComponents(IEnumerator<KeyComponent>? former = null) : IKeySink
{
    /// <summary>Longer values are stored as their digest; the key itself takes the whole value.</summary>
    private const int LongestShortValue = 120;

    private readonly List<KeyComponent> _components = [];
    private bool _hasFormer = former?.MoveNext() == true;

    public IReadOnlyList<KeyComponent> List => _components;

    public void Text(in KeyName name, string value) =>
        Add(name.ToString(), value.Length <= LongestShortValue ? value : Digests.Digest.OfText(value).ToString());

    public void Digest(in KeyName name, Digest value) => Add(name.ToString(), value.ToString());

    public void Count(in KeyName name, int count)
    {
        // Numbers of things only keep the encoding unambiguous.
    }

    private void Add(string name, string value)
    {
        var known = _hasFormer && former!.Current.Name == name ? former.Current : null;
        _hasFormer = known is null ? _hasFormer : former!.MoveNext();
        _components.Add(known?.Value == value ? known : new KeyComponent(name, value));
    }
}
