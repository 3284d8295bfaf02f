using ScaleMs.Core.Digests;
using ScaleMs.Core.Records;
using ScaleMs.Store.Definitions;
using ScaleMs.Store.Snapshots;

namespace ScaleMs.Store.NullRuns;

/// <summary>What a remembered null run says besides its looks.</summary>
/// <param name="Circumstances">The digest of its circumstances.</param>
/// <param name="PureCode">The digest of the code that was found pure.</param>
/// <param name="Target">The target.</param>
/// <param name="Steps">How many instances were up to date.</param>
/// <param name="SavedSeconds">What their recorded executions took.</param>
/// <param name="Tasks">How many those are in each task.</param>
/// <param name="Store">The store's files as the run left them: a record more or less, and the run is forgotten.</param>
/// <param name="Definition">The file that keeps the run's definition; null for none.</param>
internal sealed record NullRunHead(
    Digest Circumstances, Digest PureCode, string Target, int Steps, double SavedSeconds, IReadOnlyList<TaskCount> Tasks, StoreFiles Store, DefinitionMark? Definition)
{
    public static NullRunHead Of(NullRun run, StoreFiles store, DefinitionMark? definition) =>
        new(run.Circumstances, run.PureCode, run.Target, run.Steps, run.SavedSeconds, run.Tasks, store, definition);

    /// <summary>The run, without its looks.</summary>
    public NullRun Run => new()
    {
        Circumstances = Circumstances,
        PureCode = PureCode,
        Target = Target,
        Steps = Steps,
        Tasks = Tasks,
        SavedSeconds = SavedSeconds,
        Looks = [],
    };

    public byte[] Encode()
    {
        var sink = new BinarySink();
        sink.Digest(Circumstances);
        sink.Digest(PureCode);
        sink.Text(Target);
        sink.Signed(Steps);
        sink.Real(SavedSeconds);
        sink.List(Tasks, (into, count) =>
        {
            into.Text(count.Task);
            into.Signed(count.Steps);
            into.Real(count.SavedSeconds);
        });
        Store.Write(sink);
        sink.Flag(Definition is not null);
        Definition?.Write(sink);
        return sink.Written.ToArray();
    }

    public static NullRunHead Read(BinarySource source) => new(
        source.Digest(),
        source.Digest(),
        source.Text(),
        (int)source.Signed(),
        source.Real(),
        TaskCounts(source),
        StoreFiles.Read(source),
        source.Flag() ? DefinitionMark.Read(source) : null);

    /// <summary>One at a time: a number that is too large must not be believed before the counts are there.</summary>
    private static List<TaskCount> TaskCounts(BinarySource source)
    {
        var tasks = new List<TaskCount>();
        for (var remaining = source.Count(); remaining > 0; remaining--)
        {
            tasks.Add(new TaskCount(source.Text(), (int)source.Signed()) { SavedSeconds = source.Real() });
        }

        return tasks;
    }
}
