using System.Collections;
using System.Diagnostics.CodeAnalysis;

namespace ScaleMs.Core.Records;

/// <summary>A table of records that are found one by one. Only who counts or lists them has all read.</summary>
/// <param name="find">Finds one.</param>
/// <param name="all">Reads all.</param>
internal sealed class FoundRecords<TKey, TRecord>(Func<TKey, TRecord?> find, Func<IReadOnlyDictionary<TKey, TRecord>> all) : IReadOnlyDictionary<TKey, TRecord>
    where TKey : notnull
    where TRecord : class
{
    public int Count => all().Count;

    public IEnumerable<TKey> Keys => all().Keys;

    public IEnumerable<TRecord> Values => all().Values;

    public TRecord this[TKey key] => find(key) ?? throw new KeyNotFoundException($"There is no record of '{key}'.");

    public bool ContainsKey(TKey key) => find(key) is not null;

    public bool TryGetValue(TKey key, [MaybeNullWhen(false)] out TRecord value) => (value = find(key)) is not null;

    public IEnumerator<KeyValuePair<TKey, TRecord>> GetEnumerator() => all().GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
