using ScaleMs.Core.Digests;
using ScaleMs.Core.Model;
using ScaleMs.Core.Records;
using ScaleMs.Store.Definitions;
using ScaleMs.Store.Disk;

namespace ScaleMs.Store.NullRuns;

/// <summary>The looks that the next run would take at what a run of an affected part read and published.</summary>
/// <remarks>They tell what the run was decided on, whatever somebody made of a file meanwhile: the next run finds that.</remarks>
internal sealed class NewLooks
{
    private readonly AffectedPart _part;
    private readonly StoreState _state;
    private readonly string _workspace;
    private readonly HashSet<int> _edited;
    private readonly Dictionary<string, FileFactRecord> _sources = new(StringComparer.Ordinal);

    /// <param name="part">The part.</param>
    /// <param name="sources">What its steps were told that their source files hold.</param>
    /// <param name="state">The records as the run left them.</param>
    /// <param name="workspace">The workspace's folder.</param>
    public NewLooks(AffectedPart part, IEnumerable<FileFactRecord> sources, StoreState state, string workspace)
    {
        (_part, _state, _workspace, _edited) = (part, state, workspace, [.. part.Edited]);
        var root = workspace + "/";
        foreach (var source in sources)
        {
            _sources[source.Path.StartsWith(root, StringComparison.Ordinal) ? source.Path[root.Length..] : source.Path] = source;
        }
    }

    /// <summary>Those that differ from the ones that are remembered.</summary>
    /// <returns>Null when not all can be told: what somebody changed meanwhile is for a run in full.</returns>
    public List<KeyValuePair<int, LookRow>>? All()
    {
        var rows = new List<KeyValuePair<int, LookRow>>();
        foreach (var number in _part.Looks)
        {
            var row = _part.Memory.Row(number);
            var path = _part.Memory.PathText(row);
            var look = StatReader.Read(Path.Combine(_workspace, path), row.FollowsLinks) is not { } now ? null
                : _sources.TryGetValue(path, out var seen) ? AtSource(number, row, path, seen, now)
                : AtPublished(row, path, now);
            if (look is null)
            {
                return null;
            }

            if (LookRow.Of(look, row.PathOffset) != row)
            {
                rows.Add(KeyValuePair.Create(number, LookRow.Of(look, 0)));
            }
        }

        return rows;
    }

    /// <summary>Steps outside the part were decided on what a source held before, unless it was edited by then.</summary>
    private Look? AtSource(int number, in LookRow row, string path, FileFactRecord seen, in FileStat now) =>
        !_edited.Contains(number) && seen.Bytes != row.Bytes ? null
        : IsAsRemembered(row, now, seen.Bytes) || (seen.Stat == now && IsKnown(seen.Path, now, seen.Bytes)) ? new Look(path, row.FollowsLinks, now, seen.Bytes)
        : null;

    private Look? AtPublished(in LookRow row, string path, in FileStat now) =>
        PublishedAt(path) is not { IsNone: false } bytes ? (IsAsRemembered(row, now, row.Bytes) ? new Look(path, row.FollowsLinks, now, row.Bytes) : null)
        : IsAsRemembered(row, now, bytes) || IsKnown(path, now, bytes) ? new Look(path, row.FollowsLinks, now, bytes)
        : now.IsFile && row.FollowsLinks && !IsKnown(path, now) ? new Look(path, row.FollowsLinks, KnownByItsBytes(now), bytes)
        : null;

    private static bool IsAsRemembered(in LookRow row, in FileStat now, Digest bytes) => row.IsFound && row.Stat == now && row.Bytes == bytes;

    private bool IsKnown(string path, in FileStat now) => _state.Files.TryGetValue(path, out var known) && known.Stat == now;

    private bool IsKnown(string path, in FileStat now, Digest bytes) => _state.Files.TryGetValue(path, out var known) && known.Stat == now && known.Bytes == bytes;

    private Digest PublishedAt(string path) =>
        !Path.IsPathRooted(path) && _state.Published.TryGetValue(ArtifactPath.Parse(path), out var published) ? published.Bytes : default;

    /// <summary>What was published just now may change and look the same, so that nothing is recorded of how it looks: without its times it is read each time, until a run in full looks.</summary>
    private static FileStat KnownByItsBytes(in FileStat now) => now with { ModifiedNs = 0, ChangedNs = 0 };
}
