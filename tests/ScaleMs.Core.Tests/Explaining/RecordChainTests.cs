using ScaleMs.Core.Digests;
using ScaleMs.Core.Explaining;
using ScaleMs.Core.Keys;
using ScaleMs.Core.Model;
using ScaleMs.Core.Records;
using ScaleMs.Core.Tests.Keys;
using Xunit;

namespace ScaleMs.Core.Tests.Explaining;

/// <summary>Causes told from records.</summary>
public sealed class RecordChainTests
{
    private static readonly StepId Step = StepId.Parse("analyse");

    [Fact]
    public void Cause_CalleeChanged_NamesTheMethodAndItsDigests()
    {
        var edited = SampleAction.OfFunction.WithFunction(call => call with
        {
            CodeDigest = "c0df", Code = call.Code.WithFirst(pair => KeyValuePair.Create(pair.Key, Digest.OfText("new").ToString())),
        });
        var before = Result(1, KeyEncoder.ComponentsOf(SampleAction.OfFunction.WithFunction(call => call with
        {
            Code = call.Code.WithFirst(pair => KeyValuePair.Create(pair.Key, Digest.OfText("old").ToString())),
        })));
        var cause = Assert.Single(new RecordChain(_ => []).Between(before, Step, KeyEncoder.ComponentsOf(edited)));
        Assert.Equal($"code of Simulate.Tables.Merge changed ({Digest.OfText("old").Brief} → {Digest.OfText("new").Brief}), read by analyse", cause.Text);
    }

    [Fact]
    public void Nearest_OfSeveralRecords_HasTheFewestDifferences()
    {
        ActionResult[] results = [Result(3, Values("2", "2", "2")), Result(2, Values("1", "1", "2")), Result(1, Values("1", "2", "2"))];
        var chain = new RecordChain(_ => results);
        Assert.Equal("r2", chain.Nearest(Step, Values("1", "1", "1"))!.RunId);
        Assert.Equal("r3", chain.Nearest(Step, Values("2", "2", "1"))!.RunId);
        Assert.Null(new RecordChain(_ => []).Nearest(Step, Values("1", "1", "1")));
    }

    [Fact]
    public void Before_OfAResult_IsTheNewestThatWasFinishedEarlier()
    {
        ActionResult[] results = [Result(3, []), Result(2, []), Result(1, [])];
        var chain = new RecordChain(_ => results);
        Assert.Equal("r1", chain.Before(results[1])!.RunId);
        Assert.Null(chain.Before(results[2]));
    }

    [Fact]
    public void Notes_ThatDiffer_AreNoDifferenceOfKeys() =>
        Assert.Empty(new RecordChain(_ => []).Between(Result(1, [Note("a.txt", 1)]), Step, [Note("b.txt", 2)]));

    private static KeyComponent Note(string path, long length) => KeyNote.OfFile(ArtifactPath.Parse("in.txt"), path, length);

    private static KeyComponent[] Values(params string[] values) => [.. values.Select((value, i) => new KeyComponent($"parameter/{(char)('a' + i)}", value))];

    private static ActionResult Result(int day, IReadOnlyList<KeyComponent> components) => new()
    {
        Key = new ActionKey(Digest.OfText($"key {day}")),
        Step = Step,
        Outputs = [],
        Components = components,
        RunId = $"r{day}",
        FinishedAt = new DateTimeOffset(2026, 3, day, 0, 0, 0, TimeSpan.Zero),
    };
}
