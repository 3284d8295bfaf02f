namespace ScaleMs;

/// <summary>An axis of a matrix: what its items are, the items, and their names.</summary>
/// <typeparam name="TItem">The items' type.</typeparam>
/// <param name="Name">What the items are, such as <c>T</c>; the first half of the member's name.</param>
/// <param name="Items">The items; their order does not matter to the keys.</param>
/// <param name="Label">The item's own name; the item itself, as text, when null.</param>
public sealed record Axis<TItem>(string Name, IEnumerable<TItem> Items, Func<TItem, object>? Label = null)
{
    internal string LabelOf(TItem item) => Invariant.Text(Label is null ? item : Label(item));
}
