using ScaleMs.Core.Digests;
using ScaleMs.Core.Keys;
using ScaleMs.Core.Model;
using ScaleMs.Core.Records;
using ScaleMs.Store.Journal;

namespace ScaleMs.Store.Tests.Payloads;

/// <summary>Lines of every kind with values at the edges.</summary>
internal static class PayloadSamples
{
    private const string Odd = "π \u2028 <&'\"\\/> \n\t\0 \U0001F9EA";
    private static readonly DateTimeOffset Noon = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);
    private static readonly DateTimeOffset Precise = new DateTimeOffset(2026, 12, 31, 23, 59, 59, TimeSpan.FromMinutes(-210)).AddTicks(1_234_500);
    private static readonly Digest Bytes = Digest.OfText("bytes");
    private static readonly ActionKey Key = new(Digest.OfText("key"));
    private static readonly StepId Plain = new("all", "all");
    private static readonly FileStat Large = new(ulong.MaxValue, 1UL << 63, long.MaxValue, long.MinValue, -1, uint.MaxValue);

    public static IReadOnlyList<JournalEntry> All { get; } =
    [
        .. new StoreRecord[]
        {
            new IntentRecord(Plain, Key, "work/abc", "run-1", Noon),
            new IntentRecord(new StepId("a/b", "c[d", "e]"), new ActionKey(default), string.Empty, Odd, Precise),
            new StepStateRecord(new StepId("simulate", "mdrun", "replica=3"), Key, "run-1", Precise),
            new StepStateRecord(new StepId(Odd, "", Odd), Key, Odd, DateTimeOffset.MinValue),
            new FileFactRecord("in/a.txt", new FileStat(1, 2, 3, 4, 5, 0x81A4), Bytes, []),
            new FileFactRecord(Odd, Large, default, [new("text/1", Bytes), new(Odd, default)]),
            new FileFactRecord("in", default, Bytes, []),
            new PublishedRecord(ArtifactPath.Parse("out/π.gro"), Plain, Bytes),
            new PublishedRecord(ArtifactPath.Parse("odd name/ü\u2028'\"%.txt"), Plain, default),
            new UnpublishedRecord(ArtifactPath.Parse("out/a.gro")),
            new ToolFactRecord("/usr/bin/gmx\nversion", [new("/usr/bin/gmx", Large)], [new("version", "2024.1"), new(Odd, Odd), new("none", string.Empty)]),
            new ToolFactRecord(string.Empty, [], []),
            new RunRecord("run-1", "all", "done", Noon, 12.25, 3),
            new RunRecord(Odd, Odd, string.Empty, DateTimeOffset.MaxValue, double.NaN, int.MinValue),
            new RunRecord("run-1", "all", "done", Noon, double.NegativeInfinity, int.MaxValue),
            new ActionResult { Key = Key, Step = Plain, Outputs = [], Components = [], RunId = "run-1", FinishedAt = Noon },
            Full,
        }.Select(record => new JournalEntry.Fact(record)),
        new JournalEntry.Opened(1, long.MaxValue, Odd, "boot", -1, Precise),
        new JournalEntry.Blob(new BlobFact(Bytes, long.MaxValue, ulong.MaxValue, long.MinValue, 0)),
        new JournalEntry.Blob(default),
        new JournalEntry.Synced(Noon),
        new JournalEntry.Closed(Precise),
    ];

    private static ActionResult Full => new()
    {
        Key = Key,
        Step = new StepId("simulate", "prep.solvate", "replica=1,temperature=300"),
        Outputs =
        [
            new OutputRecord(ArtifactPath.Parse("out.gro"), Bytes, 1L << 40, default, "gromacs.gro", 2, true),
            new OutputRecord(ArtifactPath.Parse("dir/log"), default, -1, Bytes, Odd, 0),
        ],
        Components = [new KeyComponent("kind", "commands"), new KeyComponent(Odd, Odd), new KeyComponent(string.Empty, string.Empty)],
        RunId = Odd,
        FinishedAt = Precise,
        WallSeconds = 0.1,
        CpuSeconds = 1.0 / 3,
        PeakMemoryBytes = long.MinValue,
        ExitCode = -1,
        Attempts =
        [
            new AttemptRecord(1, Noon, double.PositiveInfinity, "interrupted"), new AttemptRecord(2, Precise, -0.0, "done"),
            new AttemptRecord(3, Noon, 1e300, Odd), new AttemptRecord(4, Noon, double.Epsilon, "done"), new AttemptRecord(5, Noon, 1e15, "done"),
        ],
        Launcher = "slurm",
        Host = "node \"7\"\n",
        IsContinued = true,
        Log = Bytes,
    };
}
