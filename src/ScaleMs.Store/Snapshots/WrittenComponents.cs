using ScaleMs.Core.Keys;
using ScaleMs.Core.Ports;
using ScaleMs.Core.Records;
using ScaleMs.Store.Database;
using ScaleMs.Store.Disk;

namespace ScaleMs.Store.Snapshots;

/// <summary>Components of a result that this process wrote to the journal: it knows the line.</summary>
/// <param name="segment">The segment's path.</param>
/// <param name="offset">Where the line begins.</param>
internal sealed class WrittenComponents(string segment, long offset) : LazyComponents
{
    protected override IReadOnlyList<KeyComponent> Read()
    {
        try
        {
            return RecordLookup.RecordAt(segment, offset) is ActionResult result ? result.Components : [];
        }
        catch (Exception cause) when (cause is StoreException or FileNotFoundException || DiskErrors.IsDiskError(cause))
        {
            // An explanation is no reason to fail.
            return [];
        }
    }
}
