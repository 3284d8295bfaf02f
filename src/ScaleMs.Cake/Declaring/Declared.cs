namespace ScaleMs;

/// <summary>What a step declares of one kind, in the order of the calls: mostly nothing or one, so that arrays are just as long as they need be.</summary>
/// <typeparam name="T">The kind.</typeparam>
internal struct Declared<T>
    where T : class
{
    private T[]? _items;
    private bool _isShared;

    public int Count { get; private set; }

    public readonly T this[int index] => _items![index];

    public void Add(T item)
    {
        if (_items is null || Count == _items.Length)
        {
            Array.Resize(ref _items, Math.Max(1, Count * 2));
            _isShared = false;
        }

        _items[Count++] = item;
    }

    /// <summary>Puts another one in the place of one.</summary>
    public void Replace(int index, T item)
    {
        _items = _isShared ? [.. _items!] : _items!;
        _isShared = false;
        _items[index] = item;
    }

    /// <summary>All, as they are now: what is declared later changes nothing in it.</summary>
    public T[] ToArray()
    {
        if (Count == 0)
        {
            return [];
        }

        Array.Resize(ref _items, Count);
        _isShared = true;
        return _items;
    }
}
