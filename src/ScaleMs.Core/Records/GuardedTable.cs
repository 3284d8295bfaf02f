using System.Collections;
using System.Diagnostics.CodeAnalysis;

namespace ScaleMs.Core.Records;

/// <summary>A table that any thread may ask for one value while its owner adds; all values are for the owner.</summary>
internal sealed class GuardedTable<TKey, TValue>(IEqualityComparer<TKey> comparer) : IReadOnlyDictionary<TKey, TValue>
    where TKey : notnull
{
    private readonly Lock _gate = new();
    private readonly Dictionary<TKey, TValue> _values = new(comparer);

    public int Count => _values.Count;

    public IEnumerable<TKey> Keys => _values.Keys;

    public IEnumerable<TValue> Values => _values.Values;

    public TValue this[TKey key] => TryGetValue(key, out var value) ? value : throw new KeyNotFoundException($"There is no record of '{key}'.");

    public void Set(TKey key, TValue value)
    {
        lock (_gate)
        {
            _values[key] = value;
        }
    }

    public void Expect(int count)
    {
        lock (_gate)
        {
            _values.EnsureCapacity(count);
        }
    }

    public bool ContainsKey(TKey key) => TryGetValue(key, out _);

    public bool TryGetValue(TKey key, [MaybeNullWhen(false)] out TValue value)
    {
        lock (_gate)
        {
            return _values.TryGetValue(key, out value);
        }
    }

    public IEnumerator<KeyValuePair<TKey, TValue>> GetEnumerator() => _values.GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
