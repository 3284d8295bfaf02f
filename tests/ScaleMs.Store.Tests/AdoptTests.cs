using ScaleMs.Core.Digests;
using ScaleMs.Core.Identity;
using ScaleMs.Store.Tests.Support;

namespace ScaleMs.Store.Tests;

/// <summary>Files that are taken in themselves, and moved out again.</summary>
public sealed class AdoptTests : IDisposable
{
    private readonly Workspace _workspace = new();

    public void Dispose() => _workspace.Dispose();

    [Fact]
    public void Adopt_OnTheSameFileSystem_MovesTheFile()
    {
        using var store = _workspace.Open();
        var blob = store.Adopt(File("abc"));
        Assert.Equal(Digest.OfText("abc"), blob.Bytes);
        Assert.False(System.IO.File.Exists(Path.Combine(_workspace.Root, "file")));
        Assert.True(store.HasBlob(blob.Bytes));
    }

    [Fact]
    public void Adopt_OfBytesThatAreThere_LeavesTheFile()
    {
        using var store = _workspace.Open();
        store.Put(File("abc"));
        store.Adopt(File("abc"));
        Assert.Equal("abc", System.IO.File.ReadAllText(Path.Combine(_workspace.Root, "file")));
    }

    /// <summary>Hashing takes hours where bytes are many: what a kill finds is still the attempt's, which may be continued.</summary>
    [Fact]
    public void Adopt_ThatDoesNotComeToItsEnd_LeavesTheFile()
    {
        using var store = _workspace.Open();
        var file = File("abc");
        var seen = false;
        Assert.Throws<InvalidOperationException>(() => store.Adopt(file, new Interrupted(() =>
        {
            seen = System.IO.File.Exists(file);
            throw new InvalidOperationException("killed");
        })));
        Assert.True(seen);
        Assert.Equal("abc", System.IO.File.ReadAllText(file));
    }

    [Fact]
    public void Adopt_OfAFileThatIsWrittenMeanwhile_HoldsWhatWasHashed()
    {
        using var store = _workspace.Open();
        var file = File("abc");
        var blob = store.Adopt(file, new Interrupted(() => System.IO.File.AppendAllText(file, "d")));
        Assert.True(store.HasBlob(blob.Bytes));
        Assert.Equal(blob.Bytes, Digest.OfText(System.IO.File.ReadAllText(store.BlobPath(blob.Bytes))));
    }

    [Fact]
    public void Release_MovesTheBlobOverWhatIsThere()
    {
        using var store = _workspace.Open();
        var blob = store.Adopt(File("abc"));
        var target = Path.Combine(_workspace.Root, "out", "file");
        Assert.NotNull(store.Release(blob.Bytes, target, executable: false));
        Assert.Equal("abc", System.IO.File.ReadAllText(target));
        Assert.False(store.HasBlob(blob.Bytes));
        Assert.Null(store.Release(blob.Bytes, target, executable: false));
    }

    private string File(string text)
    {
        var file = Path.Combine(_workspace.Root, "file");
        System.IO.File.WriteAllText(file, text);
        return file;
    }

    private sealed class Interrupted(Action act) : ContentIdentity
    {
        public override string Name => "interrupted";

        public override int Version => 1;

        public override IContentDigester Start() => new Digester(act);

        private sealed class Digester(Action act) : IContentDigester
        {
            private bool _acted;

            public void Append(ReadOnlySpan<byte> bytes)
            {
                if (!_acted)
                {
                    _acted = true;
                    act();
                }
            }

            public Digest Finish() => Digest.OfText("interrupted");
        }
    }
}
