using ScaleMs.Core.Records;
using ScaleMs.Store.Layout;

namespace ScaleMs.Store.Maintenance;

/// <summary>Private directories of attempts that nothing can continue and that are not what a failed step left for inspection.</summary>
/// <remarks>
/// Kept is what an open intent names, unless its step has since come to stand at another key, or the attempt failed and a newer one of
/// the same step is there.
/// </remarks>
internal static class DeadAttempts
{
    /// <summary>The folders, absolute.</summary>
    /// <param name="layout">The store.</param>
    /// <param name="state">The records, read after the folders were made.</param>
    public static IReadOnlyList<string> Of(StoreLayout layout, StoreState state)
    {
        var kept = Kept(layout, state).Select(NameOf).ToHashSet(StringComparer.Ordinal);
        return [.. Folders(layout).Where(folder => !kept.Contains(Path.GetFileName(folder)))];
    }

    /// <summary>Everything in <c>work/</c> but what launchers keep there for all attempts: a job that waits in a queue still needs it.</summary>
    public static IReadOnlyList<string> Folders(StoreLayout layout) =>
        Directory.Exists(layout.Work) ? [.. Directory.EnumerateFileSystemEntries(layout.Work).Where(path => !Path.GetFileName(path).StartsWith('.')).Order(StringComparer.Ordinal)] : [];

    /// <summary>The folder's name that an intent gave.</summary>
    public static string NameOf(IntentRecord intent) => intent.Directory[(intent.Directory.LastIndexOf('/') + 1)..];

    /// <summary>The intents of the attempts that stay.</summary>
    public static IEnumerable<IntentRecord> Kept(StoreLayout layout, StoreState state) => state.Snapshot().OfType<IntentRecord>()
        .GroupBy(intent => intent.Step)
        .SelectMany(attempts => Kept(layout, state, attempts.OrderBy(intent => intent.At).ToList()));

    private static IEnumerable<IntentRecord> Kept(StoreLayout layout, StoreState state, List<IntentRecord> attempts) => attempts.Where((intent, i) =>
        !(state.Steps.TryGetValue(intent.Step, out var stands) && stands.At > intent.At) &&
        (i == attempts.Count - 1 || !File.Exists(Path.Combine(layout.Work, NameOf(intent), AttemptMarks.Failed))));
}
