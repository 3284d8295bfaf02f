using ScaleMs.Core.Ports;
using ScaleMs.Store.Layout;

namespace ScaleMs.Store.Maintenance;

/// <summary>A store that the maintenance commands look at: it must be there and of a format that is known.</summary>
internal static class StorePlace
{
    /// <exception cref="StoreMissingException">There is no store.</exception>
    /// <exception cref="StoreException">Its format is newer.</exception>
    public static StoreLayout Of(string workspace, OpenOptions options)
    {
        var layout = StoreLayout.Of(workspace, options.DirectoryName);
        if (!Directory.Exists(layout.Root))
        {
            throw new StoreMissingException(
                $"there is no store at '{layout.Root}': name the workspace with --workspace DIR, or the store's folder with --store DIR");
        }

        StoreFormat.Check(layout, options.Upgrades);
        return layout;
    }
}
