using ScaleMs.Core.Digests;
using ScaleMs.Core.Model;
using ScaleMs.Core.Records;
using ScaleMs.Store.Definitions;
using ScaleMs.Store.Disk;

namespace ScaleMs.Store.NullRuns;

/// <summary>The looks that the next run would take at what a run of an affected part read and published.</summary>
/// <param name="memory">What was remembered.</param>
/// <param name="state">The records as the run left them.</param>
/// <param name="workspace">The workspace's folder.</param>
internal sealed class NewLooks(NullRunFile memory, StoreState state, string workspace)
{
    /// <summary>Those that differ from the ones that are remembered.</summary>
    /// <param name="part">The part.</param>
    /// <returns>Null when not all can be told: what somebody changed meanwhile is for a run in full.</returns>
    public List<KeyValuePair<int, LookRow>>? Of(AffectedPart part)
    {
        var rows = new List<KeyValuePair<int, LookRow>>();
        foreach (var number in part.Looks)
        {
            var row = memory.Row(number);
            var path = memory.PathText(row);
            if (StatReader.Read(Path.Combine(workspace, path), row.FollowsLinks) is not { } now)
            {
                return null;
            }

            if (row.IsFound && row.Stat == now)
            {
                continue;
            }

            if (LookAt(path, row.FollowsLinks, now) is not { } look)
            {
                return null;
            }

            rows.Add(KeyValuePair.Create(number, LookRow.Of(look, 0)));
        }

        return rows;
    }

    private Look? LookAt(string path, bool followsLinks, in FileStat now) =>
        state.Files.TryGetValue(path, out var known) && known.Stat == now ? new Look(path, followsLinks, now, known.Bytes)
        : PublishedAt(path) is { IsNone: false } bytes && now.IsFile && followsLinks ? new Look(path, followsLinks, KnownByItsBytes(now), bytes)
        : null;

    private Digest PublishedAt(string path) =>
        !Path.IsPathRooted(path) && state.Published.TryGetValue(ArtifactPath.Parse(path), out var published) ? published.Bytes : default;

    /// <summary>What was published just now may change and look the same, so that nothing is recorded of how it looks: without its times it is read each time, until a run in full looks.</summary>
    private static FileStat KnownByItsBytes(in FileStat now) => now with { ModifiedNs = 0, ChangedNs = 0 };
}
