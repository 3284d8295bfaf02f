using System.Text.Json;
using ScaleMs.Core.Digests;
using ScaleMs.Core.Keys;
using ScaleMs.Core.Model;
using ScaleMs.Core.Records;

namespace ScaleMs.Store.Journal.Payloads;

/// <summary>What has been read of a result so far.</summary>
internal sealed class ResultDraft
{
    private Needed _missing = Needed.All;
    private ActionKey _key = default!;
    private StepId _step = default!;
    private IReadOnlyList<OutputRecord> _outputs = null!;
    private IReadOnlyList<KeyComponent> _components = null!;
    private string _runId = null!;
    private DateTimeOffset _finishedAt;
    private double _wallSeconds;
    private double _cpuSeconds;
    private long _peakMemoryBytes;
    private int _exitCode;
    private IReadOnlyList<AttemptRecord> _attempts = [];
    private string _launcher = "local";
    private string _host = string.Empty;
    private bool _isContinued;
    private Digest _log;
    private string _importedFrom = null!;
    private string _keptState = null!;

    /// <summary>Whether the key's components are only checked.</summary>
    public bool IsWithoutComponents { get; init; }

    [Flags]
    private enum Needed
    {
        None = 0,
        Key = 1,
        Step = 2,
        Outputs = 4,
        Components = 8,
        RunId = 16,
        FinishedAt = 32,
        All = 63,
    }

    public bool TakeNeeded(ref Utf8JsonReader reader) =>
        (reader.Take("key"u8, ref _key) && Has(Needed.Key)) || (reader.Take("step"u8, ref _step) && Has(Needed.Step))
        || (reader.Take("outputs"u8, ref _outputs, OutputForm.Read) && Has(Needed.Outputs))
        || (TakeComponents(ref reader) && Has(Needed.Components))
        || (reader.Take("runId"u8, ref _runId) && Has(Needed.RunId)) || (reader.Take("finishedAt"u8, ref _finishedAt) && Has(Needed.FinishedAt));

    private bool TakeComponents(ref Utf8JsonReader reader)
    {
        if (!IsWithoutComponents)
        {
            return reader.Take("components"u8, ref _components, ComponentForm.Read);
        }

        _components ??= [];
        return reader.Check("components"u8, ComponentForm.Check);
    }

    public bool TakeMeasured(ref Utf8JsonReader reader) =>
        reader.Take("wallSeconds"u8, ref _wallSeconds) || reader.Take("cpuSeconds"u8, ref _cpuSeconds)
        || reader.Take("peakMemoryBytes"u8, ref _peakMemoryBytes);

    public bool TakeOther(ref Utf8JsonReader reader) =>
        reader.Take("exitCode"u8, ref _exitCode) || reader.Take("attempts"u8, ref _attempts, AttemptForm.Read)
        || reader.Take("launcher"u8, ref _launcher) || reader.Take("host"u8, ref _host)
        || reader.Take("isContinued"u8, ref _isContinued) || reader.Take("log"u8, ref _log)
        || reader.Take("importedFrom"u8, ref _importedFrom) || (reader.Take("keptState"u8, ref _keptState) && IsState(_keptState));

    /// <exception cref="JsonException">A member that no result is without was not there.</exception>
    public ActionResult Finish() => _missing != Needed.None ? throw new JsonException($"a result lacks {_missing}") : new ActionResult
    {
        Key = _key,
        Step = _step,
        Outputs = _outputs,
        Components = _components,
        RunId = _runId,
        FinishedAt = _finishedAt,
        WallSeconds = _wallSeconds,
        CpuSeconds = _cpuSeconds,
        PeakMemoryBytes = _peakMemoryBytes,
        ExitCode = _exitCode,
        Attempts = _attempts,
        Launcher = _launcher,
        Host = _host,
        IsContinued = _isContinued,
        Log = _log,
        ImportedFrom = _importedFrom,
        KeptState = _keptState,
    };

    private static bool IsState(string text) => KeptStates.ProblemOf(text) is { } problem ? throw new JsonException($"a result's state {problem}") : true;

    private bool Has(Needed member)
    {
        _missing &= ~member;
        return true;
    }
}
