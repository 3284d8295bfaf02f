using ScaleMs.Core.Digests;
using ScaleMs.Core.Keys;
using ScaleMs.Core.Model;
using ScaleMs.Core.Ports;
using ScaleMs.Core.Records;
using ScaleMs.Store.Journal;
using ScaleMs.Store.Layout;

namespace ScaleMs.Store.Database;

/// <summary>Answers from memory: the index and the journal's tail, loaded without a lock.</summary>
public sealed class JournalDatabase : IRecordDatabase
{
    /// <summary>Blob doubts do not matter to a reader of records.</summary>
    private const string AnyBoot = "reader";

    private readonly StoreLayout _layout;
    private JournalContents _contents;
    private ILookup<StepId, ActionResult>? _byStep;
    private ILookup<Digest, ActionResult>? _byOutput;

    private JournalDatabase(StoreLayout layout)
    {
        _layout = layout;
        _contents = JournalLoader.Load(layout, AnyBoot);
    }

    /// <inheritdoc/>
    public JournalPosition Position => _contents.End;

    /// <summary>Everything the records say.</summary>
    public StoreState State => _contents.State;

    /// <summary>Damage in the journal that was passed over.</summary>
    public IReadOnlyList<JournalDamage> Damage => _contents.Damage;

    /// <summary>Opens a store for reading. A store that is not there has no records.</summary>
    /// <param name="workspace">The workspace's folder.</param>
    /// <param name="directoryName">The store's folder, as <see cref="OpenOptions.DirectoryName"/>.</param>
    /// <returns>The records as they stand now.</returns>
    /// <exception cref="StoreException">The store cannot be read, or its format is newer.</exception>
    public static JournalDatabase Open(string workspace, string directoryName = OpenOptions.DefaultDirectoryName)
    {
        var layout = StoreLayout.Of(workspace, directoryName);
        StoreFormat.Check(layout);
        return new JournalDatabase(layout);
    }

    /// <inheritdoc/>
    public ActionResult? FindResult(ActionKey key) => State.Results.GetValueOrDefault(key);

    /// <inheritdoc/>
    public StepStateRecord? FindState(StepId step) => State.Steps.GetValueOrDefault(step);

    /// <inheritdoc/>
    public IReadOnlyList<ActionResult> ResultsOf(StepId step)
    {
        _byStep ??= State.Results.Values.ToLookup(result => result.Step);
        return NewestFirst.Order(_byStep[step]);
    }

    /// <inheritdoc/>
    public IReadOnlyList<ActionResult> MakersOf(Digest bytes)
    {
        _byOutput ??= State.Results.Values
            .SelectMany(result => result.Outputs.Select(output => output.Bytes).Distinct().Select(made => (made, result)))
            .ToLookup(pair => pair.made, pair => pair.result);
        return NewestFirst.Order(_byOutput[bytes]);
    }

    /// <inheritdoc/>
    public IReadOnlyList<RunRecord> Runs(int most = int.MaxValue) => NewestFirst.Order(State.Runs, most);

    /// <inheritdoc/>
    public void Refresh()
    {
        if (!JournalLoader.TryContinue(_layout, AnyBoot, _contents))
        {
            _contents = JournalLoader.Load(_layout, AnyBoot);
        }

        ForgetLookups();
    }

    /// <inheritdoc/>
    public void Rebuild()
    {
        _contents = JournalLoader.LoadWhole(_layout, AnyBoot);
        ForgetLookups();
    }

    /// <summary>Nothing is held open.</summary>
    public void Dispose() => ForgetLookups();

    private void ForgetLookups()
    {
        _byStep = null;
        _byOutput = null;
    }
}
