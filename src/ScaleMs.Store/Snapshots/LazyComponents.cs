using System.Collections;
using ScaleMs.Core.Keys;

namespace ScaleMs.Store.Snapshots;

/// <summary>A result's key components, read from the journal when somebody asks: they are most of a record, and only an explanation needs them.</summary>
/// <remarks>Thread-safe: two who ask at once may both read.</remarks>
internal abstract class LazyComponents : IReadOnlyList<KeyComponent>
{
    private IReadOnlyList<KeyComponent>? _read;

    public int Count => Components.Count;

    private IReadOnlyList<KeyComponent> Components => _read ??= Read();

    public KeyComponent this[int index] => Components[index];

    public IEnumerator<KeyComponent> GetEnumerator() => Components.GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    protected abstract IReadOnlyList<KeyComponent> Read();
}
