using ScaleMs.Core.Digests;
using ScaleMs.Core.Keys;
using ScaleMs.Core.Model;
using ScaleMs.Core.Records;

namespace ScaleMs.Store.Snapshots;

/// <summary>The binary form of each record. <see cref="RecordSource"/> reads the fields in the same order; a change raises the index's version.</summary>
internal static class RecordSink
{
    public static void Write(BinarySink sink, StoreRecord record)
    {
        switch (record)
        {
            case ActionResult { KeptState: { } state } keeping:
                sink.Number((ulong)RecordTag.KeepingResult);
                sink.Text(state);
                Write(sink, keeping with { KeptState = null });
                break;
            case ActionResult result when ComparedOutputs.Of(result) is { Count: > 0 } compared:
                sink.Number((ulong)RecordTag.ComparedResult);
                sink.List(compared, Compared);
                Write(sink, ComparedOutputs.Without(result));
                break;
            case ActionResult { ImportedFrom: { } folder } imported:
                sink.Number((ulong)RecordTag.ImportedResult);
                sink.Text(folder);
                Result(sink, imported);
                break;
            case ActionResult result:
                sink.Number((ulong)RecordTag.Result);
                Result(sink, result);
                break;
            case StepStateRecord state:
                sink.Number((ulong)RecordTag.Step);
                Step(sink, state.Step);
                sink.Digest(state.Key.Digest);
                sink.Text(state.RunId);
                sink.Time(state.At);
                break;
            case FileFactRecord file:
                sink.Number((ulong)RecordTag.File);
                File(sink, file);
                break;
            default:
                Rare(sink, record);
                break;
        }
    }

    private static void Rare(BinarySink sink, StoreRecord record)
    {
        switch (record)
        {
            case PublishedRecord published:
                sink.Number((ulong)RecordTag.Published);
                sink.Text(published.Path.Value);
                Step(sink, published.Step);
                sink.Digest(published.Bytes);
                break;
            case ToolFactRecord tool:
                sink.Number((ulong)RecordTag.Tool);
                sink.Text(tool.Probe);
                sink.List(tool.Files, NamedStat);
                sink.List(tool.Fingerprint, NamedText);
                break;
            case IntentRecord intent:
                sink.Number((ulong)RecordTag.Intent);
                Intent(sink, intent);
                break;
            case RunRecord run:
                sink.Number((ulong)RecordTag.Run);
                Run(sink, run);
                break;
            default:
                throw new InvalidOperationException($"The index has no form for {record.GetType().Name}: this is a bug in ScaleMs.Store.");
        }
    }

    /// <summary>Without the key's components: they stay in the journal (<see cref="ActionResult.ComponentSource"/>).</summary>
    private static void Result(BinarySink sink, ActionResult result)
    {
        sink.Digest(result.Key.Digest);
        Step(sink, result.Step);
        sink.List(result.Outputs, Output);
        sink.Text(result.RunId);
        sink.Time(result.FinishedAt);
        sink.Real(result.WallSeconds);
        sink.Real(result.CpuSeconds);
        sink.Signed(result.PeakMemoryBytes);
        sink.Signed(result.ExitCode);
        sink.List(result.Attempts, Attempt);
        sink.Text(result.Launcher);
        sink.Text(result.Host);
        sink.Flag(result.IsContinued);
        sink.Digest(result.Log);
    }

    private static void Step(BinarySink sink, StepId step)
    {
        sink.Text(step.Task);
        sink.Text(step.Step);
        sink.Text(step.Member);
    }

    private static void Output(BinarySink sink, OutputRecord output)
    {
        sink.Text(output.Path.Value);
        sink.Digest(output.Bytes);
        sink.Signed(output.Length);
        sink.Digest(output.Identity);
        sink.Text(output.RuleName);
        sink.Signed(output.RuleVersion);
        sink.Flag(output.IsExecutable);
        sink.Signed((int)output.Keep);
    }

    private static void Compared(BinarySink sink, ComparedOutputs.Place place)
    {
        sink.Signed(place.Index);
        sink.Digest(place.Compared.Former);
        sink.Digest(place.Compared.Made);
        sink.Text(place.Compared.Difference);
    }

    private static void Attempt(BinarySink sink, AttemptRecord attempt)
    {
        sink.Signed(attempt.Number);
        sink.Time(attempt.StartedAt);
        sink.Real(attempt.WallSeconds);
        sink.Text(attempt.Outcome);
        sink.Signed(attempt.ExitCode);
        sink.Signed(attempt.PeakMemoryBytes);
        sink.Signed(attempt.GrantedBytes);
        sink.Real(attempt.GrantedSeconds);
    }

    private static void File(BinarySink sink, FileFactRecord file)
    {
        sink.Text(file.Path);
        Stat(sink, file.Stat);
        sink.Digest(file.Bytes);
        sink.List(file.Identities, NamedDigest);
    }

    private static void Intent(BinarySink sink, IntentRecord intent)
    {
        Step(sink, intent.Step);
        sink.Digest(intent.Key.Digest);
        sink.Text(intent.Directory);
        sink.Text(intent.RunId);
        sink.Time(intent.At);
    }

    private static void Run(BinarySink sink, RunRecord run)
    {
        sink.Text(run.RunId);
        sink.Text(run.Target);
        sink.Text(run.Outcome);
        sink.Time(run.StartedAt);
        sink.Real(run.WallSeconds);
        sink.Signed(run.Executed);
    }

    private static void NamedStat(BinarySink sink, KeyValuePair<string, FileStat> file)
    {
        sink.Text(file.Key);
        Stat(sink, file.Value);
    }

    private static void NamedText(BinarySink sink, KeyValuePair<string, string> text)
    {
        sink.Text(text.Key);
        sink.Text(text.Value);
    }

    private static void NamedDigest(BinarySink sink, KeyValuePair<string, Digest> identity)
    {
        sink.Text(identity.Key);
        sink.Digest(identity.Value);
    }

    public static void Stat(BinarySink sink, FileStat stat)
    {
        sink.Number(stat.Device);
        sink.Number(stat.Inode);
        sink.Signed(stat.Length);
        sink.Fixed(unchecked((ulong)stat.ModifiedNs));
        sink.Fixed(unchecked((ulong)stat.ChangedNs));
        sink.Number(stat.Mode);
    }
}
