using ScaleMs.Core.Digests;
using ScaleMs.Core.Records;
using ScaleMs.Store.Journal;
using ScaleMs.Store.Snapshots;

namespace ScaleMs.Store.NullRuns;

/// <summary>What a remembered null run says besides its looks.</summary>
/// <param name="Circumstances">The digest of its circumstances.</param>
/// <param name="PureCode">The digest of the code that was found pure.</param>
/// <param name="Target">The target.</param>
/// <param name="Steps">How many instances were up to date.</param>
/// <param name="SavedSeconds">What their recorded executions took.</param>
/// <param name="Tasks">How many those are in each task.</param>
/// <param name="Journal">The journal as the run left it: a record more or less, and the run is forgotten.</param>
internal sealed record NullRunHead(Digest Circumstances, Digest PureCode, string Target, int Steps, double SavedSeconds, IReadOnlyList<TaskCount> Tasks, IReadOnlyList<NullRunHead.Segment> Journal)
{
    /// <summary>A segment of the journal by its file's name, and its length in bytes.</summary>
    internal sealed record Segment(string Name, long Length)
    {
        public static Segment Of(SegmentFile file) => new(file.Name.ToString(), file.Length);
    }

    public static byte[] Encode(NullRun run, IReadOnlyList<SegmentFile> journal)
    {
        var sink = new BinarySink();
        sink.Digest(run.Circumstances);
        sink.Digest(run.PureCode);
        sink.Text(run.Target);
        sink.Signed(run.Steps);
        sink.Real(run.SavedSeconds);
        sink.List(run.Tasks, (into, count) =>
        {
            into.Text(count.Task);
            into.Signed(count.Steps);
        });
        sink.List(journal, (into, segment) =>
        {
            into.Text(segment.Name.ToString());
            into.Signed(segment.Length);
        });
        return sink.Written.ToArray();
    }

    public static NullRunHead Read(BinarySource source) => new(
        source.Digest(),
        source.Digest(),
        source.Text(),
        (int)source.Signed(),
        source.Real(),
        TaskCounts(source),
        Segments(source));

    private static List<TaskCount> TaskCounts(BinarySource source)
    {
        var tasks = new List<TaskCount>();
        for (var remaining = source.Count(); remaining > 0; remaining--)
        {
            tasks.Add(new TaskCount(source.Text(), (int)source.Signed()));
        }

        return tasks;
    }

    /// <summary>One at a time: a number that is too large must not be believed before the segments are there.</summary>
    private static List<Segment> Segments(BinarySource source)
    {
        var segments = new List<Segment>();
        for (var remaining = source.Count(); remaining > 0; remaining--)
        {
            segments.Add(new Segment(source.Text(), source.Signed()));
        }

        return segments;
    }
}
