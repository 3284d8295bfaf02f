using System.Collections;
using ScaleMs.Core.Keys;

namespace ScaleMs.Store.Snapshots;

/// <summary>A result's key components, read from the journal when somebody asks: they are most of a record, and only an explanation needs them.</summary>
/// <remarks>Thread-safe: two who ask at once may both read.</remarks>
/// <param name="key">The result's key.</param>
/// <param name="source">Where they are read.</param>
internal sealed class RecordedComponents(ActionKey key, ComponentSource source) : IReadOnlyList<KeyComponent>
{
    private IReadOnlyList<KeyComponent>? _read;

    public int Count => Read.Count;

    private IReadOnlyList<KeyComponent> Read => _read ??= source.Of(key);

    public KeyComponent this[int index] => Read[index];

    public IEnumerator<KeyComponent> GetEnumerator() => Read.GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
