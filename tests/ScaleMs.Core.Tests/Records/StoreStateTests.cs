using ScaleMs.Core.Digests;
using ScaleMs.Core.Keys;
using ScaleMs.Core.Model;
using ScaleMs.Core.Records;
using Xunit;

namespace ScaleMs.Core.Tests.Records;

public sealed class StoreStateTests
{
    private static readonly StepId Step = new("a", "a");
    private static readonly ActionKey Key = new(Digest.OfText("key"));
    private static readonly ArtifactPath Path = ArtifactPath.Parse("results/out");

    [Fact]
    public void State_FoldedFromItsOwnSnapshot_IsTheSame()
    {
        for (var seed = 0; seed < 300; seed++)
        {
            var state = Fold(RandomRecords.Of(seed));
            var again = Fold(state.Snapshot());
            Assert.True(Told(state) == Told(again), $"seed {seed}");
            Assert.True(state.Count == state.Snapshot().Count() && state.Count == again.Count, $"seed {seed}: count");
        }
    }

    /// <summary>A journal's tail is applied to a snapshot of what came before it.</summary>
    [Fact]
    public void State_FoldedFromSnapshotAndTail_IsThatOfTheWholeJournal()
    {
        for (var seed = 0; seed < 300; seed++)
        {
            var records = RandomRecords.Of(seed);
            var half = records.Count / 2;
            var resumed = Fold(Fold(records.Take(half)).Snapshot().Concat(records.Skip(half)));
            Assert.True(Told(Fold(records)) == Told(resumed), $"seed {seed}");
        }
    }

    [Fact]
    public void State_RecordOfTheSameThing_ReplacesTheOlder()
    {
        var state = Fold(
            Result("r1"), Result("r2"), new StepStateRecord(Step, Key, "r1", default), new StepStateRecord(Step, Key, "r2", default));
        Assert.Equal(("r2", "r2"), (state.Results[Key].RunId, state.Steps[Step].RunId));
        Assert.Equal(2, state.Count);
    }

    [Fact]
    public void Intents_WithoutResult_AreOpenOldestFirst() =>
        Assert.Equal(["r1", "r2"], Fold(Intent("r1"), Intent("r2")).OpenIntents(Step, Key).Select(intent => intent.RunId));

    [Fact]
    public void Intents_FollowedByResult_AreClosed()
    {
        var state = Fold(Intent("r1"), Result("r1"));
        Assert.Empty(state.OpenIntents(Step, Key));
        Assert.Equal(1, state.Count);
    }

    [Fact]
    public void Intents_BegunAfterTheResult_AreOpen() =>
        Assert.Equal(["r2"], Fold(Intent("r1"), Result("r1"), Intent("r2")).OpenIntents(Step, Key).Select(intent => intent.RunId));

    [Fact]
    public void Intents_OfAnotherStepOrKey_AreApart()
    {
        var state = Fold(Intent("r1"), Result("r1") with { Step = new StepId("b", "b") });
        Assert.Single(state.OpenIntents(Step, Key));
        Assert.Empty(state.OpenIntents(Step, new ActionKey(Digest.OfText("other"))));
    }

    [Fact]
    public void Published_ThenUnpublished_IsGone()
    {
        var published = new PublishedRecord(Path, Step, Digest.OfText("x"));
        Assert.Equal(published, Fold(published).Published[Path]);
        Assert.Empty(Fold(published, new UnpublishedRecord(Path)).Published);
        Assert.Empty(Fold(new UnpublishedRecord(Path)).Published);
    }

    [Fact]
    public void Runs_OfTheJournal_AreKeptInOrder() => Assert.Equal(
        ["r2", "r1"],
        Fold(new RunRecord("r2", "t", "done", default, 1, 1), new RunRecord("r1", "t", "failed", default, 1, 1))
            .Runs.Select(run => run.RunId));

    [Fact]
    public void State_FileInAnotherCase_IsAnotherFile() => Assert.Equal(2, Fold(File("a"), File("A")).Files.Count);

    [Theory]
    [InlineData(0x81A4u, true, false, false, false)]
    [InlineData(0x81EDu, true, false, false, true)]
    [InlineData(0x41EDu, false, true, false, true)]
    [InlineData(0xA1FFu, false, false, true, true)]
    public void FileStat_OfPosixMode_TellsItsKind(uint mode, bool isFile, bool isDirectory, bool isLink, bool isExecutable)
    {
        var stat = new FileStat(1, 2, 3, 4, 5, mode);
        Assert.Equal((isFile, isDirectory, isLink, isExecutable), (stat.IsFile, stat.IsDirectory, stat.IsLink, stat.IsExecutable));
    }

    private static StoreState Fold(params IEnumerable<StoreRecord> records)
    {
        var state = new StoreState();
        foreach (var record in records)
        {
            state.Apply(record);
        }

        return state;
    }

    private static IntentRecord Intent(string run) => new(Step, Key, "work/1", run, default);

    private static ActionResult Result(string run) =>
        new() { Key = Key, Step = Step, Outputs = [], Components = [], RunId = run, FinishedAt = default };

    private static FileFactRecord File(string path) => new(path, default, Digest.OfText("x"), []);

    /// <summary>Everything that can be read from a state, as text.</summary>
    private static string Told(StoreState state) => string.Join('\n',
    [
        .. state.Results.Values.Select(result => $"{result.Key} {result.Step} {result.RunId}").Order(StringComparer.Ordinal),
        .. state.Steps.Values.Select(step => $"{step}").Order(StringComparer.Ordinal),
        .. state.Files.Values.Select(file => $"{file.Path} {file.Stat} {file.Bytes}").Order(StringComparer.Ordinal),
        .. state.Published.Values.Select(published => $"{published}").Order(StringComparer.Ordinal),
        .. state.Tools.Values.Select(tool => $"{tool.Probe} {string.Join(',', tool.Fingerprint)}").Order(StringComparer.Ordinal),
        .. RandomRecords.Steps.SelectMany(step => RandomRecords.Keys.SelectMany(key => state.OpenIntents(step, key)))
            .Select(intent => $"{intent}"),
        .. state.Runs.Select(run => $"{run}"),
    ]);
}
