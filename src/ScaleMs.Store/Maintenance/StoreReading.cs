using ScaleMs.Core.Digests;
using ScaleMs.Core.Ports;
using ScaleMs.Store.Database;
using ScaleMs.Store.Layout;

namespace ScaleMs.Store.Maintenance;

/// <summary>A store as somebody with a question reads it: single records, what runs left, and blobs.</summary>
/// <remarks>Takes no lock and writes nothing, so it works beside a run and on a read-only file system.</remarks>
public sealed class StoreReading
{
    /// <summary>Every finished run that did something writes it last.</summary>
    private const string Summary = "summary.json";

    private readonly StoreLayout _layout;

    private StoreReading(StoreLayout layout)
    {
        _layout = layout;
        Records = new RecordLookup(layout);
    }

    /// <summary>The records.</summary>
    public RecordLookup Records { get; }

    /// <summary>The summaries of kept runs, newest first; the name of a file's folder is the run's id.</summary>
    public IReadOnlyList<string> Summaries => !Directory.Exists(_layout.Runs) ? [] :
        [.. Directory.EnumerateDirectories(_layout.Runs).OrderDescending(StringComparer.Ordinal).Select(folder => Path.Combine(folder, Summary)).Where(File.Exists)];

    /// <summary>Opens a store for reading.</summary>
    /// <param name="workspace">The workspace's folder.</param>
    /// <param name="options">Where the store is; null for the usual place.</param>
    /// <returns>The store.</returns>
    /// <exception cref="StoreMissingException">There is no store.</exception>
    /// <exception cref="StoreException">Its format is newer.</exception>
    public static StoreReading Open(string workspace, OpenOptions? options = null) => new(StorePlace.Of(workspace, options ?? new OpenOptions()));

    /// <summary>Where the bytes of a digest are, or would be.</summary>
    /// <param name="digest">The byte digest.</param>
    /// <returns>An absolute path.</returns>
    public string BlobPath(Digest digest) => _layout.Blob(digest);
}
