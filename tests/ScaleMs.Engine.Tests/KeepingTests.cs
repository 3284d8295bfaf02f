using ScaleMs.Core.Digests;
using ScaleMs.Core.Model;
using ScaleMs.Core.Planning;
using Xunit;

namespace ScaleMs.Engine.Tests;

/// <summary>How long bytes are kept, and where: records survive them.</summary>
public sealed class KeepingTests : IDisposable
{
    private readonly TestStudy _study = new();

    public void Dispose() => _study.Dispose();

    [Fact]
    public void Keep_UntilConsumed_DropsTheBytesAfterTheLastReader()
    {
        _study.Write("in", "1");
        _study.Run(steps => Chain(steps, Keep.UntilConsumed, readers: 2));
        Assert.Equal("t/big t/read0 t/read1", _study.Ran);
        Assert.False(HasBlob("big 1\n"));
        Assert.Equal("read0 1\n", _study.Read("out/0"));

        _study.Run(steps => Chain(steps, Keep.UntilConsumed, readers: 2));
        Assert.Equal(3, _study.Last!.Summary.Counts.UpToDate);
    }

    [Fact]
    public void Keep_UntilConsumedAndANewReader_RunsTheProducerAgain()
    {
        _study.Write("in", "1");
        _study.Run(steps => Chain(steps, Keep.UntilConsumed, readers: 1));
        _study.Run(steps => Chain(steps, Keep.UntilConsumed, readers: 2));
        Assert.Equal("t/big t/read1", _study.Ran);
        Assert.Contains("bytes are gone", _study.ReasonOf("t/big"), StringComparison.Ordinal);
        Assert.Equal("read1 1\n", _study.Read("out/1"));
    }

    [Fact]
    public void Keep_UntilConsumedAndAReaderFails_KeepsTheBytesForTheNextRun()
    {
        _study.Write("in", "1");
        _study.Run(steps => Big(steps, Keep.UntilConsumed, big => steps.Shell("read", "exit 1").Input("x", big.File("big")).Output("o", publish: "out/0")));
        Assert.Equal("t/read", _study.Of(Outcome.Failed));
        Assert.True(HasBlob("big 1\n"));
        _study.Run(steps => Big(steps, Keep.UntilConsumed, big => steps.Shell("read", "cp x o").Input("x", big.File("big")).Output("o", publish: "out/0")));
        Assert.Equal("t/read", _study.Ran);
    }

    [Fact]
    public void Keep_UntilConsumedWithoutReader_KeepsTheBytes()
    {
        _study.Write("in", "1");
        _study.Run(steps => Big(steps, Keep.UntilConsumed, _ => { }));
        Assert.True(HasBlob("big 1\n"));
    }

    [Fact]
    public void Keep_Never_LeavesThePublishedFileAsTheOnlyCopy()
    {
        _study.Write("in", "1");
        void Define(StepBuilder steps) => steps.Shell("big", "echo big `cat in` > big").Input("in", new SourceFile("in")).Output("big", publish: "out/big", keep: Keep.Never);
        _study.Run(Define);
        Assert.False(HasBlob("big 1\n"));
        _study.Run(Define);
        Assert.Equal("t/big", _study.Of(Outcome.UpToDate));
        _study.Delete("out/big");
        _study.Run(Define);
        Assert.Equal("t/big", _study.Ran);
        Assert.Equal("big 1\n", _study.Read("out/big"));
    }

    [Fact]
    public void Keep_OfSharedBytes_StaysWithTheOneThatKeepsAlways()
    {
        _study.Write("in", "1");
        _study.Run(steps =>
        {
            steps.Shell("kept", "echo big 1 > o").Output("o");
            Big(steps, Keep.UntilConsumed, big => steps.Shell("read", "cp x o").Input("x", big.File("big")).Output("o", publish: "out/0"));
        });
        Assert.True(HasBlob("big 1\n"));
    }

    [Fact]
    public void Store_InPlace_HoldsTheBytesOnceAndServesReaders()
    {
        _study.Write("in", "1");
        _study.Run(InPlace);
        Assert.Equal("t/big t/read", _study.Ran);
        Assert.Equal("big 1\n", _study.Read("out/big"));
        Assert.False(HasBlob("big 1\n"));
        Assert.Equal("big 1\nread\n", _study.Read("out/read"));
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead | UnixFileMode.OtherRead, File.GetUnixFileMode(_study.PathOf("out/big")));

        _study.Run(InPlace);
        Assert.Equal(2, _study.Last!.Summary.Counts.UpToDate);
    }

    [Fact]
    public void Store_InPlaceAndANewReader_ReadsThePublishedFile()
    {
        _study.Write("in", "1");
        _study.Run(InPlace);
        _study.Run(steps =>
        {
            InPlace(steps);
            steps.Shell("late", "cp x o").Input("x", new Artifact(new StepId("t", "big"), "big")).Output("o", publish: "out/late");
        });
        Assert.Equal("t/late", _study.Ran);
        Assert.Equal("big 1\n", _study.Read("out/late"));
    }

    [Fact]
    public void Store_InPlaceAndTheFileIsEdited_KeepsTheEditAndMakesItAgain()
    {
        _study.Write("in", "1");
        _study.Run(InPlace);
        _study.Write("out/big", "mine");
        _study.Run(InPlace);
        Assert.Equal("t/big", _study.Ran);
        Assert.Equal("big 1\n", _study.Read("out/big"));
        Assert.Contains(Directory.EnumerateFiles(_study.PathOf(".scalems/kept"), "big", SearchOption.AllDirectories), file => File.ReadAllText(file) == "mine");
    }

    [Fact]
    public void Store_InPlaceOfAHardLinkToAnInput_LeavesTheInputAlone()
    {
        _study.Write("in", "1");
        _study.Run(steps => steps.Shell("big", "ln in big").Input("in", new SourceFile("in")).Output("big", publish: "out/big", store: StoreAs.InPlace));
        Assert.Equal("1", _study.Read("out/big"));
        _study.Write("in", "22");
        Assert.Equal("1", _study.Read("out/big"));
    }

    [Fact]
    public void Store_InPlaceAndKilledBeforeTheManifestKnew_IsClaimedByTheNextRun()
    {
        _study.Write("in", "1");
        _study.Run(InPlace);
        using (var store = Store.FileStore.Open(_study.Root))
        {
            store.Commit(new Core.Records.UnpublishedRecord(ArtifactPath.Parse("out/big")));
        }

        _study.Run(InPlace);
        Assert.Equal("", _study.Ran);
        _study.Write("in", "2");
        _study.Run(InPlace);
        Assert.Equal("big 2\n", _study.Read("out/big"));
    }

    [Fact]
    public void Store_InPlaceWithoutPublishing_IsAFault()
    {
        var fault = Assert.Throws<ScaleMs.Core.Faults.FaultException>(() => _study.Run(steps => steps.Shell("big", "echo > big").Output("big", store: StoreAs.InPlace)));
        Assert.Equal("SMS1012", Assert.Single(fault.Faults).Code);
    }

    [Fact]
    public void Published_ByThisRun_IsNotReadAgainByTheNext()
    {
        _study.Write("in", "1");
        _study.Run(InPlace);
        using var store = Store.FileStore.Open(_study.Root);
        Assert.Contains("out/read", store.State.Files.Keys);
        Assert.Contains("out/big", store.State.Files.Keys);
    }

    private static void InPlace(StepBuilder steps)
    {
        var big = steps.Shell("big", "echo big `cat in` > big").Input("in", new SourceFile("in")).Output("big", publish: "out/big", store: StoreAs.InPlace);
        steps.Shell("read", "cat x > o; echo read >> o").Input("x", big.File("big")).Output("o", publish: "out/read");
    }

    private static void Big(StepBuilder steps, Keep keep, Action<Step> read) =>
        read(steps.Shell("big", "echo big `cat in` > big").Input("in", new SourceFile("in")).Output("big", keep: keep));

    private static void Chain(StepBuilder steps, Keep keep, int readers) => Big(steps, keep, big =>
    {
        for (var i = 0; i < readers; i++)
        {
            steps.Shell($"read{i}", $"sed s/big/read{i}/ x > o").Input("x", big.File("big")).Output("o", publish: $"out/{i}");
        }
    });

    private bool HasBlob(string text)
    {
        var hex = Digest.OfText(text).Hex;
        return _study.Exists($".scalems/blobs/sha256/{hex[..2]}/{hex[2..]}");
    }
}
