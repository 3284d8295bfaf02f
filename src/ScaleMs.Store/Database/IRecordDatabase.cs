using ScaleMs.Core.Digests;
using ScaleMs.Core.Keys;
using ScaleMs.Core.Model;
using ScaleMs.Core.Ports;
using ScaleMs.Core.Records;
using ScaleMs.Store.Journal;

namespace ScaleMs.Store.Database;

/// <summary>What people and read-only commands ask the store. Never the truth: folded from the journal, and made again from it at will.</summary>
/// <remarks>Takes no lock and never holds up a writer. Not thread-safe. Newest first means by time, then by key or id downwards.</remarks>
public interface IRecordDatabase : IDisposable
{
    /// <summary>How far the journal is folded in.</summary>
    JournalPosition Position { get; }

    /// <summary>The result recorded under a key.</summary>
    /// <param name="key">The action's key.</param>
    /// <returns>The result, or null.</returns>
    ActionResult? FindResult(ActionKey key);

    /// <summary>What a step instance stands at.</summary>
    /// <param name="step">The instance.</param>
    /// <returns>Its state, or null when it never ran.</returns>
    StepStateRecord? FindState(StepId step);

    /// <summary>The results that an instance made first.</summary>
    /// <param name="step">The instance.</param>
    /// <returns>Its results, newest first.</returns>
    IReadOnlyList<ActionResult> ResultsOf(StepId step);

    /// <summary>The results that have an output with these bytes.</summary>
    /// <param name="bytes">A byte digest.</param>
    /// <returns>The results, newest first.</returns>
    IReadOnlyList<ActionResult> MakersOf(Digest bytes);

    /// <summary>The runs that did something.</summary>
    /// <param name="most">How many at most; above 0.</param>
    /// <returns>The runs, newest first.</returns>
    IReadOnlyList<RunRecord> Runs(int most = int.MaxValue);

    /// <summary>Takes what was written to the journal since.</summary>
    /// <exception cref="StoreException">The journal cannot be read.</exception>
    void Refresh();

    /// <summary>Forgets everything and folds the whole journal.</summary>
    /// <exception cref="StoreException">The journal cannot be read.</exception>
    void Rebuild();
}
