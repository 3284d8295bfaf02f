using ScaleMs.Core.Records;
using ScaleMs.Store.Journal;

namespace ScaleMs.Store.Maintenance;

/// <summary>Makes journal contents without some of the records, to be written as a new base.</summary>
internal static class JournalPruning
{
    /// <summary>The same contents without the records that the rule names.</summary>
    public static JournalContents Without(JournalContents contents, Func<StoreRecord, bool> goes)
    {
        var left = new JournalContents();
        foreach (var record in contents.State.Snapshot().Where(record => !goes(record)))
        {
            left.State.Apply(record);
        }

        foreach (var fact in contents.Blobs)
        {
            left.Know(fact);
        }

        left.Unsynced.UnionWith(contents.Unsynced);
        left.Segments.AddRange(contents.Segments);
        return left;
    }

    /// <summary>Whether a step stands at a key that no result has.</summary>
    public static bool IsDangling(this StoreState state, StoreRecord record) => record is StepStateRecord step && !state.Results.ContainsKey(step.Key);
}
