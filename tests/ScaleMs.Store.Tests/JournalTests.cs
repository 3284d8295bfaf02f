using System.Buffers;
using System.Text;
using ScaleMs.Core.Model;
using ScaleMs.Core.Ports;
using ScaleMs.Core.Records;
using ScaleMs.Store.Journal;
using ScaleMs.Store.Tests.Support;

namespace ScaleMs.Store.Tests;

public sealed class JournalTests : IDisposable
{
    private readonly Workspace _workspace = new();
    private readonly StoreRecord[] _three = [Sample.Result(1, 1, 5), Sample.File(2, 3), Sample.State(1, 1)];

    public void Dispose() => _workspace.Dispose();

    [Fact]
    public void Open_NothingCommitted_MakesNoSegmentAndNoIndex()
    {
        using (var store = _workspace.Open())
        {
            store.Sync();
            Assert.Equal(0, store.State.Count);
        }

        Assert.Empty(_workspace.Segments());
        Assert.False(File.Exists(_workspace.Index));
        Assert.Equal("*\n", File.ReadAllText(Path.Combine(_workspace.Store, ".gitignore")));
        Assert.Equal("{\"format\":1}\n", File.ReadAllText(Path.Combine(_workspace.Store, "store.json")));
    }

    [Fact]
    public void Open_NullRunAfterRealOne_MakesNoSegment()
    {
        Commit(_three);
        using (_workspace.Open())
        {
        }

        Assert.Single(_workspace.Segments());
    }

    [Fact]
    public void Commit_ThenReopened_GivesTheSameState()
    {
        Commit(_three);
        using var store = _workspace.Open();
        Assert.Equal(StateText.Of(_three), StateText.Of(store.State));
        Assert.Empty(store.Damage);
        Assert.Equal(0, store.TornTails);
    }

    [Fact]
    public void Commit_ProcessKilledRightAfter_LosesNothing()
    {
        using (var other = OtherProcess.Hold(_workspace))
        {
            other.Kill();
        }

        using var store = _workspace.Open();
        Assert.Equal(Sample.Key(1), store.State.Steps[Sample.Step(1)].Key);
    }

    [Fact]
    public void Line_AsWritten_IsReadable()
    {
        Commit([Sample.State(1, 1)]);
        var line = File.ReadAllLines(_workspace.Segments().Single())[1];
        Assert.Matches("""^[0-9a-f]{8} \d+ \{"type":"step","data":\{"step":"simulate/mdrun\[replica=1\]","key":"sha256:[0-9a-f]{64}",""", line);
    }

    [Theory]
    [InlineData("a", "a", "")]
    [InlineData("a", "b", "")]
    [InlineData("a", "prep.b", "x=[1],y=]")]
    [InlineData("a/b", "a/b", "")]
    [InlineData("a", "b[c", "d")]
    [InlineData("", "", "")]
    public void StepId_AnyText_IsReadBackAsItWas(string task, string step, string member)
    {
        var record = Sample.State(1, 1) with { Step = new StepId(task, step, member) };
        var payload = new ArrayBufferWriter<byte>();
        EntryCodec.Write(new JournalEntry.Fact(record), payload);
        Assert.Equal(record, ((JournalEntry.Fact)EntryCodec.Read(payload.WrittenSpan, "here")).Record);
    }

    [Fact]
    public void Tail_CutAtEveryByteOfTheLastLine_LosesThatRecordOnly()
    {
        var segment = UnclosedSegment(out var name);
        var lines = SplitLines(segment);
        var start = lines[..^1].Sum(line => line.Length);
        for (var cut = start; cut < segment.Length; cut++)
        {
            using var image = ImageOf(name, segment[..cut]);
            using var store = image.Open();
            Assert.Equal(StateText.Of(_three[..^1]), StateText.Of(store.State));
            Assert.Equal(cut == start ? 0 : 1, store.TornTails);
            Assert.Empty(store.Damage);
        }
    }

    [Fact]
    public void Middle_AnyByteFlipped_LosesAtMostThatRecordAndSaysSo()
    {
        var segment = UnclosedSegment(out var name);
        var lines = SplitLines(segment);
        var start = lines[..^2].Sum(line => line.Length);
        for (var at = start; at < start + lines[^2].Length; at += 2)
        {
            foreach (var flip in (byte[])[0x01, 0x20, 0x80])
            {
                var damaged = segment.ToArray();
                damaged[at] ^= flip;
                using var image = ImageOf(name, damaged);
                using var store = image.Open();
                var isWhole = StateText.Of(store.State) == StateText.Of(_three);
                Assert.True(isWhole || StateText.Of(store.State) == StateText.Of([_three[0], _three[2]]), $"byte {at} flipped by {flip}");
                Assert.Equal(isWhole ? 0 : 1, store.Damage.Count);
                Assert.Equal(0, store.TornTails);
            }
        }
    }

    [Fact]
    public void Record_OfUnknownType_IsRefusedWithAdvice()
    {
        Commit(_three);
        AppendPayload("""{"type":"lease","data":{"until":1}}""");
        var refusal = Assert.Throws<StoreException>(() => _workspace.Open());
        Assert.Contains("'lease'", refusal.Message, StringComparison.Ordinal);
        Assert.Contains("newer version", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Record_WithUnknownMember_IsRefused()
    {
        Commit(_three);
        AppendPayload("""{"type":"unpublished","data":{"path":"a","why":"b"}}""");
        Assert.Throws<StoreException>(() => _workspace.Open());
    }

    [Theory]
    [InlineData("""{"type":"unpublished","data":{"path":""}}""")]
    [InlineData("""{"type":"unpublished","data":{"path":null}}""")]
    [InlineData("""{"type":"unpublished","data":{}}""")]
    [InlineData("""{"type":"step","data":{"step":null,"key":null,"runId":"r","at":"2026-01-01T00:00:00+00:00"}}""")]
    [InlineData("""{"type":"step","data":{"step":"a","runId":"r","at":"2026-01-01T00:00:00+00:00"}}""")]
    public void Record_WithoutWhatItIsAbout_IsRefused(string payload)
    {
        Commit(_three);
        AppendPayload(payload);
        Assert.Throws<StoreException>(() => _workspace.Open());
    }

    [Fact]
    public void Commit_RecordThatCannotBeWritten_LeavesTheStateAsBefore()
    {
        using var store = _workspace.Open();
        store.Commit(_three);
        var before = StateText.Of(store.State);
        Assert.ThrowsAny<Exception>(() => store.Commit(Sample.State(4, 4), null!));
        Assert.Equal(before, StateText.Of(store.State));
        store.Commit(Sample.State(5, 5));
        using var image = _workspace.CrashImage();
        using var reopened = image.Open();
        Assert.Equal(StateText.Of([.. _three, Sample.State(5, 5)]), StateText.Of(reopened.State));
    }

    [Fact]
    public void Commit_FromManyThreads_KeepsEveryRecord()
    {
        using (var store = _workspace.Open())
        {
            Parallel.For(0, 200, i => store.Commit(Sample.State(i, i), Sample.Run(i)));
        }

        using var reopened = _workspace.Open();
        Assert.Equal(200, reopened.State.Steps.Count);
        Assert.Equal(200, reopened.State.Runs.Count);
    }

    private static List<byte[]> SplitLines(byte[] segment) =>
        [.. Encoding.UTF8.GetString(segment).Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => Encoding.UTF8.GetBytes(line + "\n"))];

    private static Workspace ImageOf(string name, byte[] segment)
    {
        var image = Workspace.InMemory();
        System.IO.Directory.CreateDirectory(image.Journal);
        File.WriteAllBytes(Path.Combine(image.Journal, name), segment);
        return image;
    }

    private byte[] UnclosedSegment(out string name)
    {
        using var store = _workspace.Open(Workspace.Options(clock: new FakeClock()));
        store.Commit(_three);
        name = Path.GetFileName(_workspace.Segments().Single());
        using var image = _workspace.CrashImage();
        return File.ReadAllBytes(image.Segments().Single());
    }

    private void AppendPayload(string payload)
    {
        var line = new ArrayBufferWriter<byte>();
        LineFrame.Write(Encoding.UTF8.GetBytes(payload), line);
        using var file = new FileStream(_workspace.Segments().Single(), FileMode.Append);
        file.Write(line.WrittenSpan);
    }

    private void Commit(StoreRecord[] records)
    {
        using var store = _workspace.Open();
        store.Commit(records);
    }
}
