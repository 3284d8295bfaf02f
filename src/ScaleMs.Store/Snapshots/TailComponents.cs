using ScaleMs.Core.Keys;
using ScaleMs.Core.Ports;
using ScaleMs.Core.Records;
using ScaleMs.Store.Database;
using ScaleMs.Store.Disk;

namespace ScaleMs.Store.Snapshots;

/// <summary>Components of a result that was read from the journal: its line is known as long as nobody compacts.</summary>
/// <param name="key">The result's key.</param>
/// <param name="segment">The segment's path.</param>
/// <param name="offset">Where the line begins.</param>
/// <param name="source">Where they are looked for when the line is gone.</param>
internal sealed class TailComponents(ActionKey key, string segment, long offset, ComponentSource source) : LazyComponents
{
    protected override IReadOnlyList<KeyComponent> Read() => AtLine() ?? source.Of(key);

    private IReadOnlyList<KeyComponent>? AtLine()
    {
        try
        {
            return RecordLookup.RecordAt(segment, offset) is ActionResult result && result.Key == key ? result.Components : null;
        }
        catch (Exception cause) when (cause is StoreException or FileNotFoundException || DiskErrors.IsDiskError(cause))
        {
            return null;
        }
    }
}
