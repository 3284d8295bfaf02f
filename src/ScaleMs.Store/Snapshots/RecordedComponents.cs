using ScaleMs.Core.Keys;

namespace ScaleMs.Store.Snapshots;

/// <summary>Components of a result that an index told of: somewhere in the segments that it stands for.</summary>
/// <param name="key">The result's key.</param>
/// <param name="source">Where they are read.</param>
internal sealed class RecordedComponents(ActionKey key, ComponentSource source) : LazyComponents
{
    protected override IReadOnlyList<KeyComponent> Read() => source.Of(key);
}
