using System.Collections;
using ScaleMs.Core.Keys;

namespace ScaleMs.Store.Snapshots;

/// <summary>A result's key components, read from the journal when somebody asks: they are most of a record, and only an explanation needs them.</summary>
/// <remarks>They are kept only as long as somebody holds them: those of a step with many inputs take megabytes. Thread-safe: two who ask at once may both read.</remarks>
internal abstract class LazyComponents : IReadOnlyList<KeyComponent>
{
    private WeakReference<IReadOnlyList<KeyComponent>>? _read;

    public int Count => Components.Count;

    private IReadOnlyList<KeyComponent> Components => _read is { } read && read.TryGetTarget(out var components) ? components : ReadAgain();

    public KeyComponent this[int index] => Components[index];

    public IEnumerator<KeyComponent> GetEnumerator() => Components.GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    protected abstract IReadOnlyList<KeyComponent> Read();

    private IReadOnlyList<KeyComponent> ReadAgain()
    {
        var components = Read();
        _read = new WeakReference<IReadOnlyList<KeyComponent>>(components);
        return components;
    }
}
