using ScaleMs.Core.Model;
using ScaleMs.Core.Records;
using ScaleMs.Store.Disk;
using ScaleMs.Store.Journal;
using ScaleMs.Store.Layout;

namespace ScaleMs.Store.Maintenance;

/// <summary>Measures what a store holds.</summary>
/// <remarks>Takes no lock, writes nothing, and reads no blob.</remarks>
public static class StoreUsage
{
    /// <summary>Measures a store.</summary>
    /// <param name="workspace">The workspace's folder.</param>
    /// <param name="options">Where the store is; null for the usual place.</param>
    /// <returns>The bytes.</returns>
    /// <exception cref="StoreMissingException">There is no store.</exception>
    /// <exception cref="Core.Ports.StoreException">Its format is newer, or it cannot be read.</exception>
    public static UsageReport Of(string workspace, OpenOptions? options = null)
    {
        options ??= new OpenOptions();
        var layout = StorePlace.Of(workspace, options);
        return DiskErrors.Guard("measure the store", layout.Root, () => Of(workspace, layout, options));
    }

    private static UsageReport Of(string workspace, StoreLayout layout, OpenOptions options)
    {
        var files = BlobFolder.Blobs(layout).ToList();
        var state = JournalLoader.Load(layout, options.BootId).State;
        var stored = files.Select(file => file.Digest).ToHashSet();
        var uses = BlobUses.Of(state);
        var blobs = files.Select(file => new Measured(StatReader.Read(file.Path, followLinks: false)?.Length ?? 0, uses.Find(file.Digest))).ToList();
        return new UsageReport
        {
            Store = layout.Root,
            Categories = Categories(layout, blobs),
            Published = Published("published copies in the workspace", workspace, state.Published.Values),
            InPlace = Published("of these in place only, without a blob", workspace, state.Published.Values.Where(entry => !stored.Contains(entry.Bytes))),
            Tasks = By(blobs, step => step.Task),
            Steps = By(blobs, step => step.ToString()),
            Shared = Row("blobs of more than one step", blobs.Where(blob => blob.Use is { IsShared: true })),
        };
    }

    private static List<UsageRow> Categories(StoreLayout layout, List<Measured> blobs)
    {
        var rows = new List<UsageRow>
        {
            Row("blobs of what steps stand at", blobs.Where(blob => blob.Use is { IsCurrent: true })),
            Row("blobs of older results only", blobs.Where(blob => blob.Use is { IsCurrent: false })),
            Row("blobs that no record names", blobs.Where(blob => blob.Use is null)),
        };
        foreach (var path in (string[])[layout.Incoming, layout.Journal, layout.Index, layout.NullRuns, layout.Database, layout.Work, layout.Runs, layout.Kept, layout.Damaged])
        {
            var (bytes, files) = FolderSize.Of(path);
            rows.Add(new UsageRow(Path.GetRelativePath(layout.Root, path).Replace('\\', '/'), bytes, files));
        }

        var all = FolderSize.Of(layout.Root);
        rows.Add(new UsageRow("other files", Math.Max(0, all.Bytes - rows.Sum(row => row.Bytes)), Math.Max(0, all.Files - rows.Sum(row => row.Files))));
        return rows;
    }

    private static UsageRow Published(string name, string workspace, IEnumerable<PublishedRecord> entries)
    {
        var lengths = entries
            .Select(entry => StatReader.Read(Path.Combine(workspace, entry.Path.Value), followLinks: false))
            .Where(stat => stat is { IsFile: true })
            .Select(stat => stat!.Value.Length)
            .ToList();
        return new UsageRow(name, lengths.Sum(), lengths.Count);
    }

    private static List<UsageRow> By(IEnumerable<Measured> blobs, Func<StepId, string> name) => blobs
        .Where(blob => blob.Use is not null)
        .GroupBy(blob => name(blob.Use!.Owner), StringComparer.Ordinal)
        .Select(group => Row(group.Key, group))
        .OrderByDescending(row => row.Bytes)
        .ThenBy(row => row.Name, StringComparer.Ordinal)
        .ToList();

    private static UsageRow Row(string name, IEnumerable<Measured> blobs)
    {
        var rows = blobs.ToList();
        return new UsageRow(name, rows.Sum(blob => blob.Length), rows.Count);
    }

    private sealed record Measured(long Length, BlobUse? Use);
}
