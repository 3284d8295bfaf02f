using ScaleMs.Core.Digests;
using ScaleMs.Core.Ports;
using ScaleMs.Core.Records;
using ScaleMs.Store.Disk;

namespace ScaleMs.Store.Maintenance;

/// <summary>Holds the published files against the manifest.</summary>
/// <param name="Held">Bytes that a published file holds.</param>
/// <param name="Looked">How many files were hashed.</param>
internal sealed record PublishedCheck(IReadOnlySet<Digest> Held, int Looked)
{
    public static PublishedCheck Nothing { get; } = new(new HashSet<Digest>(), 0);

    public static PublishedCheck Run(string workspace, StoreState state, FindingList findings)
    {
        var disk = new PhysicalDisk();
        var held = new HashSet<Digest>();
        var looked = 0;
        Parallel.ForEach(state.Published.Values, entry =>
        {
            var found = Look(disk, Path.Combine(workspace, entry.Path.Value));
            if (found is null)
            {
                findings.Notice($"a published file of step '{entry.Step}' is not there", entry.Path.Value, "the next run of its task brings it back");
                return;
            }

            Interlocked.Increment(ref looked);
            if (found == entry.Bytes)
            {
                lock (held)
                {
                    held.Add(entry.Bytes);
                }
            }
            else
            {
                findings.Notice(
                    $"a published file of step '{entry.Step}' was edited, or cannot be read", entry.Path.Value,
                    "the next run of its task moves it to kept/ and brings the recorded one back");
            }
        });
        return new PublishedCheck(held, looked);
    }

    /// <summary>The digest of a file; none when it cannot be read, null when nothing is there.</summary>
    private static Digest? Look(PhysicalDisk disk, string path)
    {
        try
        {
            return disk.Stat(path) switch
            {
                null => null,
                { IsFile: true } => disk.Hash(path, []).Bytes,
                _ => default(Digest),
            };
        }
        catch (StoreException)
        {
            return default(Digest);
        }
    }
}
