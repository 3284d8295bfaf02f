using System.Collections;

namespace ScaleMs;

/// <summary>What an expansion made: for each member its item and its handles, in the order of the items.</summary>
/// <typeparam name="TItem">The item's type.</typeparam>
/// <typeparam name="THandles">The handles' type.</typeparam>
public sealed class Members<TItem, THandles> : IReadOnlyList<(TItem Item, THandles Handles)>
{
    private readonly List<(TItem Item, THandles Handles)> _members;

    internal Members(List<(TItem Item, THandles Handles)> members) => _members = members;

    /// <inheritdoc/>
    public int Count => _members.Count;

    /// <inheritdoc/>
    public (TItem Item, THandles Handles) this[int index] => _members[index];

    /// <inheritdoc/>
    public IEnumerator<(TItem Item, THandles Handles)> GetEnumerator() => _members.GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
