using ScaleMs.Core.Records;
using ScaleMs.Store.Disk;
using ScaleMs.Store.Journal;
using ScaleMs.Store.Layout;

namespace ScaleMs.Store.Maintenance;

/// <summary>Decides what goes from a store in which no run is going on.</summary>
internal static class GcPlan
{
    /// <summary>Lists what goes, in order.</summary>
    public static IReadOnlyList<GcItem> Of(StoreLayout layout, JournalContents contents, GcRequest request, DateTimeOffset now) =>
    [
        .. StaleFiles.Of(layout).Select(path => Plain(layout, GcKind.StaleFile, path)),
        .. DeadAttempts.Of(layout, contents.State).Select(path => Plain(layout, GcKind.DeadAttempt, path)),
        .. OldRuns.Of(layout, request).Select(path => Plain(layout, GcKind.RunLog, path)),
        .. (request.All ? Aside(layout, request.OlderThan is { } age ? now - age : now) : []).Select(path => Plain(layout, GcKind.MovedAside, path)),
        .. Blobs(layout, contents.State, request, now),
    ];

    /// <summary>Something that no action makes again.</summary>
    public static GcItem Plain(StoreLayout layout, GcKind kind, string path) =>
        new(kind, Relative(layout, path), FolderSize.Of(path).Bytes, string.Empty, string.Empty, 0);

    private static IEnumerable<GcItem> Blobs(StoreLayout layout, StoreState state, GcRequest request, DateTimeOffset now)
    {
        var uses = BlobUses.Of(state, request.KeepRuns ?? 0);
        var taken = TakenBlobs.Of(layout, state, TimeProvider.System.GetUtcNow());
        var blobs = BlobFolder.Blobs(layout)
            .Select(file => new ValuedBlob(file, StatReader.Read(file.Path, followLinks: false)?.Length ?? 0, uses.Find(file.Digest)))
            .Order()
            .ToList();
        var most = request.MaxBytes ?? long.MaxValue;
        var left = blobs.Sum(blob => blob.Length);
        foreach (var blob in blobs)
        {
            if (blob.Use is null ? !taken.MayHold(blob.File) : left > most || GoesByAge(blob.Use, request, now))
            {
                left -= blob.Length;
                yield return Item(layout, blob);
            }
        }
    }

    private static bool GoesByAge(BlobUse use, GcRequest request, DateTimeOffset now) => !use.IsCurrent &&
        (request.OlderThan is { } age ? use.Newest < now - age : request is { KeepRuns: not null, MaxBytes: null });

    private static GcItem Item(StoreLayout layout, ValuedBlob blob) => new(
        blob.Kind, Relative(layout, blob.File.Path), blob.Length, blob.Use?.Cheapest?.Step.ToString() ?? string.Empty,
        blob.Use?.Cheapest?.Key.Digest.ToString() ?? string.Empty, blob.Seconds);

    private static IEnumerable<string> Aside(StoreLayout layout, DateTimeOffset until) => ((string[])[layout.Kept, layout.Damaged])
        .Where(Directory.Exists)
        .SelectMany(Directory.EnumerateFileSystemEntries)
        .Where(path => Directory.GetLastWriteTimeUtc(path) <= until.UtcDateTime)
        .Order(StringComparer.Ordinal);

    private static string Relative(StoreLayout layout, string path) => Path.GetRelativePath(layout.Root, path).Replace('\\', '/');
}
