using ScaleMs.Core.Digests;
using ScaleMs.Core.Failures;
using ScaleMs.Core.Model;
using ScaleMs.Core.Planning;
using ScaleMs.Core.Ports;
using Xunit;

namespace ScaleMs.Engine.Tests.Keeping;

/// <summary>Bytes that are at their published path only: what becomes of them when something goes wrong there.</summary>
public sealed class InPlaceTests : IDisposable
{
    private readonly TestStudy _study = new();
    private readonly string _other = Directory.CreateTempSubdirectory("scalems-test-").FullName;

    public void Dispose()
    {
        _study.Dispose();
        Directory.Delete(_other, recursive: true);
    }

    [Fact]
    public void InPlace_MadeAgainWithTheSameBytes_KeepsNoBlob()
    {
        void Define(StepBuilder steps) => steps.Shell("big", "cat in > /dev/null; echo same > big").Input("in", new SourceFile("in")).Output("big", publish: "out/big", store: StoreAs.InPlace);
        _study.Write("in", "1");
        _study.Run(Define);
        _study.Write("in", "2");
        _study.Run(Define);
        Assert.Equal("t/big", _study.Ran);
        Assert.False(HasBlob("same\n"));
    }

    [Fact]
    public void InPlace_OnAnotherFileSystem_KeepsNoBlob()
    {
        Assert.SkipUnless(Directory.Exists("/dev/shm"), "needs another file system");
        var shm = Directory.CreateDirectory($"/dev/shm/scalems-{Guid.NewGuid():N}").FullName;
        try
        {
            Directory.CreateSymbolicLink(_study.PathOf("out"), shm);
            _study.Run(Big);
            Assert.Equal("big\n", _study.Read("out/big"));
            Assert.False(HasBlob("big\n"));
            _study.Run(Big);
            Assert.Equal("t/big", _study.Of(Outcome.UpToDate));
        }
        finally
        {
            Directory.Delete(shm, recursive: true);
        }
    }

    [Fact]
    public void InPlace_BesideAnEqualBlob_IsReadWhereItIsPublished()
    {
        _study.Run(steps =>
        {
            steps.Shell("twin", "head -c 1500000 /dev/zero > o").Output("o", publish: "out/twin");
            var big = steps.Shell("big", "head -c 1500000 /dev/zero > big").Output("big", publish: "out/big", store: StoreAs.InPlace);
            steps.Shell("read", "if [ -L x ]; then readlink x > o; else echo out/big > o; fi").Input("x", big.File("big")).Output("o", publish: "out/o");
        });
        Assert.EndsWith("out/big", _study.Read("out/o").Trim(), StringComparison.Ordinal);
    }

    [Fact]
    public void InPlace_ReplacedByADirectory_KeepsThatAndMakesItAgain()
    {
        _study.Run(Big);
        _study.Delete("out/big");
        _study.Write("out/big/mine", "1");
        _study.Run(Big);
        Assert.Equal("t/big", _study.Ran);
        Assert.Equal("big\n", _study.Read("out/big"));
        Assert.Single(Directory.EnumerateFiles(_study.PathOf(".scalems/kept"), "mine", SearchOption.AllDirectories));
    }

    [Fact]
    public void InPlace_WrittenToByAReader_IsToldAndMadeAgain()
    {
        void Define(StepBuilder steps, string script)
        {
            var big = steps.Shell("big", "head -c 1500000 /dev/zero > big").Output("big", publish: "out/big", store: StoreAs.InPlace);
            steps.Shell("read", script).Input("x", big.File("big")).Output("o", publish: "out/o");
        }

        _study.Run(steps => Define(steps, "if [ -L x ]; then echo mine >> x; else exit 1; fi; echo > o"));
        Assert.NotEqual(Outcome.Executed, _study.StepOf("t/read").Outcome);
        Assert.NotNull(_study.StepOf("t/read").Failure);
        _study.Run(steps => Define(steps, "wc -c < x > o"));
        Assert.Equal("1500000", _study.Read("out/o").Trim());
        Assert.Equal(1500000, new FileInfo(_study.PathOf("out/big")).Length);
    }

    [Fact]
    public void InPlace_DeletedAndInTheSharedCache_IsBroughtFromThere()
    {
        using var first = new TestStudy { Cache = _other };
        first.Run(steps => steps.Shell("big", "echo big > big").Output("big", publish: "out/big"));
        using var second = new TestStudy { Cache = _other };
        second.Run(Big);
        second.Delete("out/big");
        second.Run(Big);
        Assert.Equal("t/big", second.Of(Outcome.Restored));
        Assert.Equal("big\n", second.Read("out/big"));
    }

    [Fact]
    public void InPlace_BroughtFromTheCacheAndKilledBeforeTheManifestKnew_IsClaimedByTheNextRun()
    {
        using var first = new TestStudy { Cache = _other };
        first.Run(steps => steps.Shell("big", "echo big > big").Output("big", publish: "out/big"));
        using var second = new TestStudy { Cache = _other, Ports = ports => ports with { AtPoint = DieAt(CrashPoint.MidPublish) } };
        Assert.Throws<InvalidOperationException>(() => second.Run(Big));
        Assert.Equal("big\n", second.Read("out/big"));
        second.Ports = ports => ports;
        second.Run(Big);
        Assert.Equal("", second.Ran);
        Assert.Equal("big\n", second.Read("out/big"));
    }

    [Fact]
    public void InPlace_AndThePrivateDirectoryCannotBeRemoved_IsDoneAllTheSame()
    {
        _study.Run(steps => steps.Shell("small", "echo > small").Output("small"));
        _study.Ports = ports => ports with { Disk = new Faults.OtherDisk { Deleting = path => _ = Directory.Exists(Path.Combine(path, "files")) ? throw new StoreException("busy") : 0 } };
        _study.Run(steps => steps.Shell("big", "head -c 1500000 /dev/zero > big").Output("big", publish: "out/big", store: StoreAs.InPlace));
        Assert.Equal("t/big", _study.Ran);
    }

    [Fact]
    public void InPlace_InAFolderThatCannotBeWritten_FailsAndIsBroughtByTheNextRun()
    {
        _study.Write("out", "a file where the folder should be");
        _study.Run(Big);
        Assert.Equal(FailureClass.StoreError, _study.StepOf("t/big").Failure!.Class);
        _study.Delete("out");
        _study.Run(Big);
        Assert.Equal("t/big", _study.Of(Outcome.Restored));
        Assert.Equal("big\n", _study.Read("out/big"));
        Assert.False(HasBlob("big\n"));
    }

    private static void Big(StepBuilder steps) => steps.Shell("big", "echo big > big").Output("big", publish: "out/big", store: StoreAs.InPlace);

    private static Action<string> DieAt(string point) => reached => _ = reached == point ? throw new InvalidOperationException("killed") : 0;

    private bool HasBlob(string text)
    {
        var hex = Digest.OfText(text).Hex;
        return _study.Exists($".scalems/blobs/sha256/{hex[..2]}/{hex[2..]}");
    }
}
