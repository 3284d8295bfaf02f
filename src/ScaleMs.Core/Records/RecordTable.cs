using System.Collections;
using System.Diagnostics.CodeAnalysis;

namespace ScaleMs.Core.Records;

/// <summary>A table that keeps of each record what its key does not say, and makes the record when somebody asks: there are as many as steps.</summary>
/// <param name="keep">What is kept of a record.</param>
/// <param name="make">The record of a key and what was kept.</param>
internal sealed class RecordTable<TKey, TKept, TRecord>(Func<TRecord, TKept> keep, Func<TKey, TKept, TRecord> make) : IReadOnlyDictionary<TKey, TRecord>
    where TKey : notnull
    where TRecord : class
{
    private readonly Dictionary<TKey, TKept> _kept = [];

    public int Count => _kept.Count;

    public IEnumerable<TKey> Keys => _kept.Keys;

    public IEnumerable<TRecord> Values => _kept.Select(pair => make(pair.Key, pair.Value));

    public TRecord this[TKey key] => make(key, _kept[key]);

    public void Set(TKey key, TRecord record) => _kept[key] = keep(record);

    public void Remove(TKey key) => _kept.Remove(key);

    public void Expect(int count) => _kept.EnsureCapacity(count);

    public bool ContainsKey(TKey key) => _kept.ContainsKey(key);

    public bool TryGetValue(TKey key, [MaybeNullWhen(false)] out TRecord value)
    {
        var isKnown = _kept.TryGetValue(key, out var kept);
        value = isKnown ? make(key, kept!) : null;
        return isKnown;
    }

    public IEnumerator<KeyValuePair<TKey, TRecord>> GetEnumerator() => _kept.Select(pair => KeyValuePair.Create(pair.Key, make(pair.Key, pair.Value))).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
