using ScaleMs.Core.Records;
using ScaleMs.Store.Journal;
using ScaleMs.Store.Layout;

namespace ScaleMs.Store.Maintenance;

/// <summary>Drops results that no step stands at, and rewrites the journal without them and without its history. Its caller holds the lock.</summary>
internal static class RecordPruning
{
    /// <summary>Drops them.</summary>
    /// <returns>How many records went.</returns>
    public static int Run(StoreLayout layout, OpenOptions options, ref JournalContents contents, GcRequest request, DateTimeOffset now)
    {
        var before = contents.State;
        var roots = new ResultRoots(before, request.KeepRuns ?? 0);
        var until = now - (request.OlderThan ?? TimeSpan.Zero);
        contents = JournalPruning.Without(contents, record => record is ActionResult result && result.FinishedAt < until && !roots.Contains(result));
        new JournalCompactor(layout, options, new SegmentChain(layout, options, JournalFolder.Names(layout.Journal))).Compact(contents);
        return before.Count - contents.State.Count;
    }
}
