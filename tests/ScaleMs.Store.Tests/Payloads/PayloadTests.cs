using System.Buffers;
using System.Text;
using ScaleMs.Core.Digests;
using ScaleMs.Core.Keys;
using ScaleMs.Core.Model;
using ScaleMs.Core.Ports;
using ScaleMs.Core.Records;
using ScaleMs.Store.Journal;
using ScaleMs.Store.Tests.Support;

namespace ScaleMs.Store.Tests.Payloads;

public sealed class PayloadTests
{
    private const string Key = "\"sha256:2c70e12b7a0646f92279f427c7b38e7334d8e5389cff167a1dc30e73f826b683\"";

    public static TheoryData<int> Samples => [.. Enumerable.Range(0, PayloadSamples.All.Count)];

    [Theory]
    [MemberData(nameof(Samples))]
    public void Payload_OfEveryKind_IsWrittenAsEver(int number) => Assert.Equal(PayloadTexts.All[number], Text(PayloadSamples.All[number]));

    [Theory]
    [MemberData(nameof(Samples))]
    public void Payload_OfEveryKind_IsReadBackAsItWas(int number) => Assert.Equal(PayloadTexts.All[number], Text(Read(PayloadTexts.All[number])));

    [Theory]
    [MemberData(nameof(Samples))]
    public void Payload_WithMemberOfNewerVersion_IsRefused(int number) =>
        Assert.All((string[])[PayloadTexts.All[number][..^2] + ",\"extra\":1}}", PayloadTexts.All[number][..^1] + ",\"extra\":1}"], text => Assert.Throws<StoreException>(() => Read(text)));

    [Theory]
    [MemberData(nameof(Samples))]
    public void Payload_CutAnywhere_IsRefused(int number)
    {
        var bytes = Encoding.UTF8.GetBytes(PayloadTexts.All[number]);
        for (var length = 0; length < bytes.Length; length++)
        {
            Assert.Throws<StoreException>(() => EntryCodec.Read(bytes.AsSpan(0, length), "here"));
        }
    }

    [Fact]
    public void Payload_OfAnyRecords_IsReadBackAsItWas()
    {
        var random = new Random(7);
        for (var i = 0; i < 500; i++)
        {
            var text = StateText.Of(Sample.Any(random));
            Assert.Equal(text, Text(Read(text)));
        }
    }

    /// <summary>What ran has no such member: its lines are those of ever.</summary>
    [Fact]
    public void Payload_OfAnImportedResult_SaysFromWhere()
    {
        var ran = new ActionResult { Key = new ActionKey(Digest.OfText("key")), Step = new StepId("a", "a"), Outputs = [], Components = [], RunId = "r", FinishedAt = default };
        var text = Text(new JournalEntry.Fact(ran with { ImportedFrom = "old/π" }));
        Assert.Equal(Text(new JournalEntry.Fact(ran))[..^2] + ",\"importedFrom\":\"old/π\"}}", text);
        Assert.Equal(text, Text(Read(text)));
        Assert.Throws<StoreException>(() => Read(text.Replace("\"old/π\"", "null", StringComparison.Ordinal)));
        Assert.Throws<StoreException>(() => Read(text.Replace("\"old/π\"", "1", StringComparison.Ordinal)));
    }

    /// <summary>What was not compared has no such member: its lines are those of ever.</summary>
    [Fact]
    public void Payload_OfAComparedOutput_SaysWithWhat()
    {
        var (former, made) = (Sample.Bytes(1), Sample.Bytes(2));
        var text = Text(Compared(made, new ComparedOutput(former, made, "p: 1 → 2")));
        Assert.Contains($"\"isExecutable\":false,\"compared\":{{\"former\":\"{former}\",\"made\":\"{made}\",\"difference\":\"p: 1 → 2\"}}}}", text, StringComparison.Ordinal);
        Assert.Equal(text, Text(Read(text)));
        Assert.DoesNotContain("compared", Text(Compared(made, null)), StringComparison.Ordinal);
        Assert.Equal(Text(Compared(former, new ComparedOutput(former, made, string.Empty))), Text(Read(Text(Compared(former, new ComparedOutput(former, made, string.Empty))))));
    }

    [Fact]
    public void Payload_OfAnOutputThatWasComparedInNoSuchWay_IsRefused()
    {
        var (former, made) = (Sample.Bytes(1), Sample.Bytes(2));
        Assert.Throws<StoreException>(() => Read(Text(Compared(made, new ComparedOutput(former, made, string.Empty)))));
        Assert.Throws<StoreException>(() => Read(Text(Compared(former, new ComparedOutput(former, made, "differs")))));
        Assert.Throws<StoreException>(() => Read(Text(Compared(default, new ComparedOutput(default, made, string.Empty)))));
        var text = Text(Compared(made, new ComparedOutput(former, made, "p")));
        Assert.All(
            (string[])["\"difference\":null", "\"difference\":1", "\"difference\":\"p\",\"extra\":1", "\"other\":\"p\""],
            odd => Assert.Throws<StoreException>(() => Read(text.Replace("\"difference\":\"p\"", odd, StringComparison.Ordinal))));
    }

    private static JournalEntry.Fact Compared(Digest bytes, ComparedOutput? compared) =>
        new(Sample.Result(1, 1) with { Outputs = [new OutputRecord(ArtifactPath.Parse("out"), bytes, 0, bytes, "tolerance(1|0)", 1) { Compared = compared }] });

    [Fact]
    public void Payload_OfAResultWithState_HoldsIt()
    {
        var ran = new ActionResult { Key = new ActionKey(Digest.OfText("key")), Step = new StepId("a", "a"), Outputs = [], Components = [], RunId = "r", FinishedAt = default };
        var text = Text(new JournalEntry.Fact(ran with { KeptState = "{}" }));
        Assert.Equal(Text(new JournalEntry.Fact(ran))[..^2] + ",\"keptState\":\"{}\"}}", text);
        Assert.Equal(text, Text(Read(text)));
        foreach (var hostile in new[] { "null", "1", "{}", "\"\"", "\"[1]\"", "\"{\"", $"\"{{ {new string(' ', KeptStates.LongestBytes)}}}\"" })
        {
            Assert.Throws<StoreException>(() => Read(text.Replace("\"{}\"", hostile, StringComparison.Ordinal)));
        }
    }

    [Fact]
    public void Payload_MembersInAnotherOrder_IsTheSameRecord() => Assert.Equal(
        Read("""{"type":"run","data":{"runId":"r","target":"t","outcome":"o","startedAt":"2026-03-01T12:00:00Z","wallSeconds":1,"executed":2}}"""),
        Read("""{"type":"run","data":{"executed":2,"wallSeconds":1,"startedAt":"2026-03-01T12:00:00Z","outcome":"o","t\u0061rget":"t","runId":"r"}}"""));

    [Fact]
    public void Payload_MemberTwice_LastOneCounts() => Assert.Equal("{\"type\":\"unpublished\",\"data\":{\"path\":\"b\"}}", Text(Read("""{"type":"unpublished","data":{"path":"a","path":"b"}}""")));

    [Fact]
    public void Payload_OfRunWithoutMeasures_HasDefaults() =>
        Assert.Equal(new JournalEntry.Fact(new RunRecord("r", "t", "o", default, 0, 0)), Read("""{"type":"run","data":{"runId":"r","target":"t","outcome":"o"}}"""));

    [Theory]
    [InlineData("key")]
    [InlineData("step")]
    [InlineData("outputs")]
    [InlineData("components")]
    [InlineData("runId")]
    [InlineData("finishedAt")]
    public void Payload_OfResultWithoutNeededMember_IsRefused(string member)
    {
        string[] members = [$"\"key\":{Key}", "\"step\":\"a\"", "\"outputs\":[]", "\"components\":[]", "\"runId\":\"r\"", "\"finishedAt\":\"2026-03-01T12:00:00Z\""];
        string Result(IEnumerable<string> some) => $"{{\"type\":\"result\",\"data\":{{{string.Join(',', some)}}}}}";
        Assert.IsType<ActionResult>(((JournalEntry.Fact)Read(Result(members))).Record);
        Assert.Throws<StoreException>(() => Read(Result(members.Where(text => !text.StartsWith($"\"{member}\"", StringComparison.Ordinal)))));
    }

    [Theory]
    [InlineData("run", "null")]
    [InlineData("run", "[]")]
    [InlineData("run", "{}")]
    [InlineData("run", "\"text\"")]
    [InlineData("run", """{"executed":1.5}""")]
    [InlineData("run", """{"executed":2147483648}""")]
    [InlineData("run", """{"executed":null}""")]
    [InlineData("run", """{"executed":"1"}""")]
    [InlineData("run", """{"wallSeconds":"nan"}""")]
    [InlineData("run", """{"wallSeconds":"1"}""")]
    [InlineData("run", """{"startedAt":"yesterday"}""")]
    [InlineData("run", """{"target":1}""")]
    [InlineData("run", """{"Target":"t"}""")]
    [InlineData("run", """{"$type":"t"}""")]
    [InlineData("step", """{"step":["a","b"]}""")]
    [InlineData("step", """{"step":["a","b","c","d"]}""")]
    [InlineData("step", """{"step":["a","b",null]}""")]
    [InlineData("step", """{"key":"sha256:00"}""")]
    [InlineData("step", """{"key":null}""")]
    [InlineData("intent", """{"step":"a"}""")]
    [InlineData("published", """{"path":"a"}""")]
    [InlineData("unpublished", "{}")]
    [InlineData("file", """{"identities":[]}""")]
    [InlineData("tool", """{"probe":null}""")]
    [InlineData("published", """{"path":"../a"}""")]
    [InlineData("file", """{"stat":null}""")]
    [InlineData("file", """{"stat":{"extra":1}}""")]
    [InlineData("file", """{"stat":{"inode":-1}}""")]
    [InlineData("file", """{"identities":{}}""")]
    [InlineData("tool", """{"files":[{"key":"a","extra":1}]}""")]
    [InlineData("result", """{"attempts":[null]}""")]
    [InlineData("result", """{"attempts":[{"outcome":"done","exitCode":1.5}]}""")]
    [InlineData("result", """{"attempts":[{"outcome":"done","grantedBytes":"1"}]}""")]
    [InlineData("result", """{"attempts":[{"outcome":"done","grantedSeconds":"soon"}]}""")]
    [InlineData("result", """{"outputs":[{"path":"a","keep":"for ever"}]}""")]
    [InlineData("closed", """{"at":1}""")]
    public void Payload_WithValueOfAnotherForm_IsRefused(string type, string data) =>
        Assert.Throws<StoreException>(() => Read($"{{\"type\":\"{type}\",\"data\":{data}}}"));

    [Fact]
    public void FileStat_WhatItsModeMeans_IsNotRead() => Assert.Equal(
        "{\"type\":\"tool\",\"data\":{\"probe\":\"p\",\"files\":[{\"key\":\"k\",\"value\":{\"device\":1,\"inode\":0,\"length\":0,\"modifiedNs\":0,\"changedNs\":0,\"mode\":0,"
            + "\"isFile\":false,\"isDirectory\":false,\"isLink\":false,\"isExecutable\":false}}],\"fingerprint\":[]}}",
        Text(Read("""{"type":"tool","data":{"probe":"p","files":[{"key":"k","value":{"isFile":[{}],"device":1}}],"fingerprint":[]}}""")));

    [Theory]
    [InlineData(Keep.Always, "")]
    [InlineData(Keep.UntilConsumed, ",\"keep\":\"untilConsumed\"")]
    [InlineData(Keep.Never, ",\"keep\":\"never\"")]
    public void Payload_OfOutput_SaysHowLongItsBytesAreKept(Keep keep, string member)
    {
        var entry = new JournalEntry.Fact(Sample.Result(1, 1) with { Outputs = [new OutputRecord(ArtifactPath.Parse("out"), default, 0, default, "bytes", 1, Keep: keep)] });
        var text = Text(entry);

        Assert.Contains($"\"isExecutable\":false{member}}}", text, StringComparison.Ordinal);
        Assert.Equal(keep, Assert.IsType<ActionResult>(((JournalEntry.Fact)Read(text)).Record).Outputs[0].Keep);
    }

    [Fact]
    public void Payload_OfFailedAttempt_SaysWhatItWasGivenAndHadWhereThatIsKnown()
    {
        var failed = new AttemptRecord(1, default, 2, "OutOfMemory") { ExitCode = 137, PeakMemoryBytes = 4, GrantedBytes = 3, GrantedSeconds = 1.5 };
        var text = Text(new JournalEntry.Fact(Sample.Result(1, 1) with { Attempts = [failed, new AttemptRecord(2, default, 2, "done")] }));

        Assert.Contains(
            "\"outcome\":\"OutOfMemory\",\"exitCode\":137,\"peakMemoryBytes\":4,\"grantedBytes\":3,\"grantedSeconds\":1.5}", text, StringComparison.Ordinal);
        Assert.Contains("\"outcome\":\"done\"}", text, StringComparison.Ordinal);
        Assert.Equal(failed, Assert.IsType<ActionResult>(((JournalEntry.Fact)Read(text)).Record).Attempts[0]);
    }

    private static JournalEntry Read(string text) => EntryCodec.Read(Encoding.UTF8.GetBytes(text), "here");

    private static string Text(JournalEntry entry)
    {
        var payload = new ArrayBufferWriter<byte>();
        EntryCodec.Write(entry, payload);
        return Encoding.UTF8.GetString(payload.WrittenSpan);
    }
}
