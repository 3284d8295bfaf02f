using ScaleMs.Core.Ports;
using ScaleMs.Store.Disk;
using ScaleMs.Store.Layout;

namespace ScaleMs.Store.Maintenance;

/// <summary>Removes items one by one, and keeps in mind what the disk refused.</summary>
internal sealed class Removal(StoreLayout layout)
{
    private readonly PhysicalDisk _disk = new();
    private readonly List<string> _refused = [];

    /// <summary>What could not be removed, and why.</summary>
    public IReadOnlyList<string> Refused => _refused;

    public bool TryRemove(GcItem item)
    {
        try
        {
            _disk.Delete(Path.Combine(layout.Root, item.Path));
            return true;
        }
        catch (StoreException cause)
        {
            _refused.Add(cause.Message);
            return false;
        }
    }
}
