using System.Globalization;
using ScaleMs.Core.Digests;
using ScaleMs.Core.Keys;

namespace ScaleMs.Store.Cache;

/// <summary>Where everything in a shared cache stands. The only place that knows the names.</summary>
/// <param name="root">The cache's folder, absolute.</param>
internal sealed class CacheLayout(string root)
{
    /// <summary>Names that may stand beside ours in a folder that is to become a cache.</summary>
    private static readonly HashSet<string> Tolerated = new(StringComparer.Ordinal)
    {
        "cache.json", "blobs", "records", "leases", "leads", "incoming", "trash", "damaged", "lost+found",
    };

    public string Root { get; } = root;

    public string FormatFile { get; } = Path.Combine(root, "cache.json");

    public string Blobs { get; } = Path.Combine(root, "blobs", "sha256");

    public string Records { get; } = Path.Combine(root, "records");

    /// <summary>One file for each client that has the cache open.</summary>
    public string Leases { get; } = Path.Combine(root, "leases");

    /// <summary>One file for each action that a client is making.</summary>
    public string Leads { get; } = Path.Combine(root, "leads");

    /// <summary>Files being written; whatever a killed client left there is removed by a collection.</summary>
    public string Incoming { get; } = Path.Combine(root, "incoming");

    /// <summary>What a collection is about to delete.</summary>
    public string Trash { get; } = Path.Combine(root, "trash");

    /// <summary>Blobs whose bytes were not what their name says.</summary>
    public string Damaged { get; } = Path.Combine(root, "damaged");

    public string Blob(Digest digest) => Fanned(Blobs, digest.Hex, keepsPrefix: false);

    public string Record(ActionKey key) => Fanned(Records, key.Digest.Hex, keepsPrefix: true);

    /// <summary>The lead of an action: the first one, or the one that follows on so many that were lost.</summary>
    public string Lead(ActionKey key, int lost) => Path.Combine(Leads, lost == 0 ? key.Digest.Hex : string.Create(CultureInfo.InvariantCulture, $"{key.Digest.Hex}.{lost}"));

    /// <summary>A name that nobody else uses, on the same file system as everything else here.</summary>
    public string NewIncoming() => Path.Combine(Incoming, Guid.NewGuid().ToString("N"));

    public static bool IsTolerated(string name) => Tolerated.Contains(name) || name.StartsWith('.');

    private static string Fanned(string folder, string hex, bool keepsPrefix) => Path.Combine(folder, hex[..2], keepsPrefix ? hex : hex[2..]);
}
