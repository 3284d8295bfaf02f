using ScaleMs.Core.Digests;
using ScaleMs.Core.Keys;
using ScaleMs.Core.Model;
using ScaleMs.Core.Planning;
using ScaleMs.Core.Records;
using Xunit;

namespace ScaleMs.Core.Tests.Planning;

public sealed class JudgeTests
{
    private const string KeyNow = "now";
    private const string KeyBefore = "before";

    /// <summary>
    /// The rebuild scenarios. <c>state</c> is the key that the instance was last up to date under, <c>records</c> the keys under
    /// which results are recorded, <c>output</c> where the published output stands, and whether its bytes can be had.
    /// </summary>
    [Theory]
    [InlineData(null, "", "Intact +bytes", "Execute: never ran")]
    [InlineData(KeyBefore, "before", "Intact +bytes", "Execute: T: 300 → 310")]
    [InlineData(KeyBefore, "", "Intact +bytes", "Execute: its record is lost")]
    [InlineData(KeyNow, "", "Intact +bytes", "Execute: its record is lost")]
    [InlineData(KeyNow, "now", "Intact +bytes", "UpToDate: unchanged since run r-now")]
    [InlineData(KeyNow, "now", "Intact -bytes", "UpToDate: unchanged since run r-now")]
    [InlineData(KeyNow, "now", "NotPublished +bytes", "UpToDate: unchanged since run r-now")]
    [InlineData(KeyNow, "now", "NotPublished -bytes", "UpToDate: unchanged since run r-now")]
    [InlineData(KeyNow, "now", "Missing +bytes", "Restore: output results/out is missing")]
    [InlineData(KeyNow, "now", "Edited +bytes", "Restore: output results/out was edited")]
    [InlineData(KeyNow, "now", "Missing -bytes", "Execute: output results/out is needed and its bytes are gone")]
    [InlineData(KeyNow, "now", "Edited -bytes", "Execute: output results/out is needed and its bytes are gone")]
    [InlineData(KeyBefore, "now before", "Intact +bytes", "Restore: this work was done in run r-now")]
    [InlineData(KeyBefore, "now before", "Edited +bytes", "Restore: this work was done in run r-now")]
    [InlineData(KeyBefore, "now before", "Missing +bytes", "Restore: this work was done in run r-now")]
    [InlineData(KeyBefore, "now before", "Edited -bytes", "Execute: output results/out is needed and its bytes are gone")]
    [InlineData(KeyBefore, "now before", "NotPublished -bytes", "Restore: this work was done in run r-now")]
    [InlineData(null, "now", "Missing +bytes", "Restore: this work was done in run r-now")]
    [InlineData(null, "now", "NotPublished +bytes", "Restore: this work was done in run r-now")]
    [InlineData(null, "now", "Missing -bytes", "Execute: output results/out is needed and its bytes are gone")]
    public void Judge_OfScenario_GivesVerdictAndReason(string? state, string records, string output, string expected) =>
        Assert.Equal(expected, Told(Judge.Of(Evidence(state, records, output))));

    [Theory]
    [InlineData(KeyNow, "now", "Intact +bytes")]
    [InlineData(KeyBefore, "before", "Missing -bytes")]
    [InlineData(null, "", "Intact +bytes")]
    public void Judge_ForcedInstance_RunsForTheGivenReason(string? state, string records, string output)
    {
        var forced = new Reason("bytes-demanded", "analyse needs out and its bytes are gone");
        Assert.Equal($"Execute: {forced.Text}", Told(Judge.Of(Evidence(state, records, output) with { Forced = forced })));
    }

    [Fact]
    public void Judge_OneLostOutputAmongRestorableOnes_Executes()
    {
        OutputFact[] outputs = [Fact("a", "Missing +bytes"), Fact("b", "Edited -bytes"), Fact("c", "Intact +bytes")];
        var evidence = Evidence(KeyNow, "now", "Missing +bytes") with { Outputs = outputs };
        Assert.Equal("Execute: output results/b is needed and its bytes are gone", Told(Judge.Of(evidence)));
    }

    [Fact]
    public void Judge_SecondOutputMissing_IsBroughtBack()
    {
        OutputFact[] outputs = [Fact("a", "NotPublished -bytes"), Fact("b", "Missing +bytes")];
        var evidence = Evidence(KeyNow, "now", "Intact +bytes") with { Outputs = outputs };
        Assert.Equal("Restore: output results/b is missing", Told(Judge.Of(evidence)));
    }

    [Theory]
    [InlineData(KeyNow, "now", "Intact +bytes", "unchanged")]
    [InlineData(null, "", "Intact +bytes", "never-ran")]
    [InlineData(KeyBefore, "before", "Intact +bytes", "key-changed")]
    [InlineData(KeyNow, "", "Intact +bytes", "record-lost")]
    [InlineData(KeyBefore, "now", "Intact +bytes", "recorded")]
    [InlineData(KeyNow, "now", "Missing +bytes", "output-missing")]
    [InlineData(KeyNow, "now", "Edited +bytes", "output-edited")]
    [InlineData(KeyNow, "now", "Edited -bytes", "bytes-gone")]
    public void Reason_ForMachines_IsAStableWord(string? state, string records, string output, string code) =>
        Assert.Equal(code, Judge.Of(Evidence(state, records, output)).Reason.Code);

    private static Evidence Evidence(string? state, string records, string output)
    {
        var recorded = records.Split(' ');
        return new Evidence
        {
            Key = Key(KeyNow),
            Components = _ => Components(KeyNow),
            State = state is null ? null : new StepStateRecord(new StepId("a", "a"), Key(state), "r-" + state, default),
            Last = state is not null && recorded.Contains(state) ? Result(state) : null,
            Recorded = recorded.Contains(KeyNow) ? Result(KeyNow) : null,
            Outputs = recorded.Contains(KeyNow) ? [Fact("out", output)] : [],
        };
    }

    private static OutputFact Fact(string name, string stand)
    {
        var words = stand.Split(' ');
        var published = Enum.Parse<PublishedFact>(words[0]);
        return new OutputFact(
            ArtifactPath.Parse(name),
            published == PublishedFact.NotPublished ? null : ArtifactPath.Parse("results/" + name),
            published,
            words[1] == "+bytes");
    }

    private static ActionResult Result(string key) => new()
    {
        Key = Key(key),
        Step = new StepId("a", "a"),
        Outputs = [],
        Components = Components(key),
        RunId = "r-" + key,
        FinishedAt = default,
    };

    private static ActionKey Key(string name) => new(Digest.OfText(name));

    private static KeyComponent[] Components(string key) => [new KeyComponent("parameter/T", key == KeyNow ? "310" : "300")];

    private static string Told(Verdict verdict) => $"{verdict.GetType().Name}: {verdict.Reason}";
}
