using ScaleMs.Core.Digests;
using ScaleMs.Core.Failures;
using ScaleMs.Core.Keys;
using ScaleMs.Core.Model;
using ScaleMs.Core.Records;
using ScaleMs.Core.Tracing;
using ScaleMs.Engine.Comparing;
using ScaleMs.Core.Ports;

namespace ScaleMs.Engine.Executing;

/// <summary>What the executor needs to run one action.</summary>
internal sealed record ExecutionRequest
{
    public required ClosedAction Action { get; init; }

    public required ActionKey Key { get; init; }

    public required IReadOnlyList<KeyComponent> Components { get; init; }

    /// <summary>Where the bytes of each input are, in the order of the declaration's inputs; absolute.</summary>
    public required IReadOnlyList<StagedInput> Inputs { get; init; }

    /// <summary>The tools as they were found, in the order of the declaration's tools.</summary>
    public required IReadOnlyList<ToolAnswer> Tools { get; init; }

    /// <summary>The attempt's directory, absolute; it does not exist yet, unless the attempt is taken over.</summary>
    public required string Directory { get; init; }

    /// <summary>Whether the directory is there already, and the attempt in it is a dead client's that is awaited.</summary>
    public bool IsTakenOver { get; init; }

    /// <summary>The graphics processors that are the attempt's own, as <c>CUDA_VISIBLE_DEVICES</c> names them.</summary>
    public IReadOnlyList<string> Devices { get; init; } = [];

    /// <summary>Directories of earlier attempts at the same action that were interrupted, newest first; absolute.</summary>
    public required IReadOnlyList<string> Interrupted { get; init; }

    /// <summary>What stands for each output of the declaration; null for nothing. Empty where no output has a tolerance.</summary>
    public IReadOnlyList<Representative?> Representatives { get; init; } = [];

    public required int Attempt { get; init; }

    /// <summary>What the attempt was given: its limits may have grown since the declaration.</summary>
    public required Resources Granted { get; init; }

    public required string RunId { get; init; }

    /// <summary>What the step kept when it last succeeded; null when it kept nothing yet, or does not keep anything.</summary>
    public string? KeptState { get; init; }

    public StepInstance Step => Action.Step;
}

/// <summary>An input's bytes.</summary>
/// <param name="Place">Where they are, absolute.</param>
/// <param name="IsExecutable">Whether the staged file may be executed.</param>
/// <param name="Seen">The stat tuple under which its digest was told; null for a blob, which the store answers for.</param>
internal sealed record StagedInput(string Place, bool IsExecutable, FileStat? Seen)
{
    /// <summary>The bytes that the store must bring before they are in their place; none when they are there.</summary>
    public Digest ToBring { get; init; }

    /// <summary>How many bytes there are.</summary>
    public long Length { get; init; }

    /// <summary>For a directory, whose listing is then in the place: where the bytes of its files are, by their paths below it. Null for a file.</summary>
    public IReadOnlyDictionary<string, StagedInput>? Files { get; init; }

    /// <summary>Whether its producer left it out, so that nothing is staged.</summary>
    public bool IsAbsent { get; init; }

    /// <summary>An input that its producer left out.</summary>
    public static StagedInput Absent { get; } = new(string.Empty, false, null) { IsAbsent = true };

    /// <summary>All bytes that the store must bring.</summary>
    public IEnumerable<Digest> AllToBring() =>
        (Files?.Values.Select(file => file.ToBring).Prepend(ToBring) ?? [ToBring]).Where(bytes => !bytes.IsNone);
}

/// <summary>How an action ended: one of result and failure.</summary>
internal sealed record Execution(ActionResult? Result, Failure? Failure, AttemptRecord Attempt, bool IsContinued)
{
    /// <summary>What it used without declaring it; null when it was not traced.</summary>
    public IReadOnlyList<TraceFinding>? Traced { get; init; }

    /// <summary>Whether nobody can have anything in the attempt's directory open any more.</summary>
    public bool IsDirectoryLeft { get; init; }

    /// <summary>What the attempt had been given: one that was taken over, by the run that began it.</summary>
    public required Resources Granted { get; init; }

    /// <summary>Whether an attempt that ran into its time limit left a checkpoint to go on from that is not the one it began with.</summary>
    public bool LeftCheckpoint { get; init; }

    /// <summary>Processor time, in seconds; 0 when unknown.</summary>
    public double CpuSeconds { get; init; }

    /// <summary>The most memory; 0 when unknown.</summary>
    public long PeakMemoryBytes { get; init; }
}
