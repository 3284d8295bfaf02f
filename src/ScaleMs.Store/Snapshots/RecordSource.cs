using ScaleMs.Core.Digests;
using ScaleMs.Core.Keys;
using ScaleMs.Core.Model;
using ScaleMs.Core.Records;

namespace ScaleMs.Store.Snapshots;

/// <summary>The word in front of a record in the index. A number once given is never given again.</summary>
internal enum RecordTag
{
    Result = 1,
    Step = 2,
    File = 3,
    Published = 4,
    Tool = 5,
    Intent = 6,
    Run = 7,
    ImportedResult = 8,
    KeepingResult = 9,
    ComparedResult = 10,
}

/// <summary>Reads what <see cref="RecordSink"/> wrote, field by field in the same order.</summary>
internal sealed class RecordSource
{
    private readonly KnownNames _names;
    private readonly Func<BinarySource, OutputRecord> _output;

    private readonly StoreState _state;

    /// <param name="state">What was read before: several records name each key.</param>
    /// <param name="names">Names that are known already.</param>
    public RecordSource(StoreState state, KnownNames names) => (_state, _names, _output) = (state, names, Output);

    /// <param name="source">The index, behind whatever was read before.</param>
    /// <param name="components">Where the key components of results are.</param>
    /// <exception cref="InvalidDataException">It is no record.</exception>
    public StoreRecord Read(BinarySource source, ComponentSource components) => (RecordTag)source.Number() switch
    {
        RecordTag.Result => Result(source, components),
        RecordTag.ImportedResult => Imported(source, components),
        RecordTag.KeepingResult => Keeping(source, components),
        RecordTag.ComparedResult => Compared(source, components),
        RecordTag.Step => new StepStateRecord(_names.Step(source), Known(Key(source)), source.Text(), source.Time()),
        RecordTag.File => new FileFactRecord(_names.Text(source), Stat(source), source.Digest(), source.List(NamedDigest)),
        RecordTag.Published => new PublishedRecord(_names.Path(source), _names.Step(source), source.Digest()),
        RecordTag.Tool => new ToolFactRecord(source.Text(), source.List(NamedStat), source.List(NamedText)),
        RecordTag.Intent => new IntentRecord(_names.Step(source), Key(source), source.Text(), source.Text(), source.Time()),
        RecordTag.Run => new RunRecord(source.Text(), source.Text(), source.Text(), source.Time(), source.Real(), (int)source.Signed()),
        var other => throw new InvalidDataException($"unknown tag {other}"),
    };

    // Initialisers run in the order they are written, which is the order of the fields.
    private ActionResult Result(BinarySource source, ComponentSource components) => Result(source, Key(source), components);

    private ActionResult Result(BinarySource source, ActionKey key, ComponentSource components) => new()
    {
        Key = key,
        Step = _names.Step(source),
        Outputs = source.List(_output),
        Components = [],
        ComponentSource = components,
        RunId = source.Text(),
        FinishedAt = source.Time(),
        WallSeconds = source.Real(),
        CpuSeconds = source.Real(),
        PeakMemoryBytes = source.Signed(),
        ExitCode = (int)source.Signed(),
        Attempts = source.List(Attempt),
        Launcher = source.Text(),
        Host = source.Text(),
        IsContinued = source.Flag(),
        Log = source.Digest(),
    };

    private ActionResult Imported(BinarySource source, ComponentSource components)
    {
        var folder = source.Text();
        return Result(source, components) with { ImportedFrom = folder };
    }

    private ActionResult Keeping(BinarySource source, ComponentSource components)
    {
        var state = source.Text();
        return Read(source, components) is ActionResult { KeptState: null } result ? result with { KeptState = state } : throw new InvalidDataException("a state without its result");
    }

    private ActionResult Compared(BinarySource source, ComponentSource components)
    {
        var places = source.List(Place);
        var result = (RecordTag)source.Number() switch
        {
            RecordTag.Result => Result(source, components),
            RecordTag.ImportedResult => Imported(source, components),
            var other => throw new InvalidDataException($"tag {other} was compared"),
        };
        return ComparedOutputs.With(result, places);
    }

    private static ComparedOutputs.Place Place(BinarySource source) => new((int)source.Signed(), new ComparedOutput(source.Digest(), source.Digest(), source.Text()));

    private ActionKey Known(ActionKey key) => _state.Results.TryGetValue(key, out var result) ? result.Key : key;

    private static ActionKey Key(BinarySource source) => new(source.Digest());

    private OutputRecord Output(BinarySource source) => new(
        _names.Path(source), source.Digest(), source.Signed(), source.Digest(), source.Text(), (int)source.Signed(), source.Flag(), (Keep)source.Signed());

    private static AttemptRecord Attempt(BinarySource source) => new((int)source.Signed(), source.Time(), source.Real(), source.Text())
    {
        ExitCode = (int)source.Signed(),
        PeakMemoryBytes = source.Signed(),
        GrantedBytes = source.Signed(),
        GrantedSeconds = source.Real(),
    };

    private static KeyValuePair<string, FileStat> NamedStat(BinarySource source) => new(source.Text(), Stat(source));

    private static KeyValuePair<string, string> NamedText(BinarySource source) => new(source.Text(), source.Text());

    private static KeyValuePair<string, Digest> NamedDigest(BinarySource source) => new(source.Text(), source.Digest());

    public static FileStat Stat(BinarySource source) => new(
        source.Number(),
        source.Number(),
        source.Signed(),
        unchecked((long)source.Fixed()),
        unchecked((long)source.Fixed()),
        (uint)source.Number());
}
