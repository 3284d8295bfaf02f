using System.Runtime.InteropServices;
using ScaleMs.Core.Digests;
using ScaleMs.Core.Identity;
using ScaleMs.Core.Ports;
using ScaleMs.Store.Tests.Support;

namespace ScaleMs.Store.Tests;

public sealed class BlobTests : IDisposable
{
    private readonly Workspace _workspace = new();

    public void Dispose() => _workspace.Dispose();

    [Fact]
    public void Digest_AsText_NamesTheAlgorithmAndIsReadBack()
    {
        var digest = Digest.OfText("abc");
        Assert.Equal("sha256:ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad", digest.ToString());
        Assert.Equal(digest, Digest.Parse(digest.ToString()));
        Assert.False(Digest.TryParse("sha512:" + digest.Hex, out _));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(3_000_001)]
    public void Put_AnyLength_StoresTheSameBytesReadOnly(int length)
    {
        var bytes = new byte[length];
        new Random(length).NextBytes(bytes);
        var file = Path.Combine(_workspace.Root, "file");
        File.WriteAllBytes(file, bytes);
        using var store = _workspace.Open();
        var blob = store.Put(file);
        Assert.Equal(new StoredBlob(Digest.Of(bytes), length, Digest.Of(bytes)), blob);
        Assert.True(store.HasBlob(blob.Bytes));
        Assert.Equal(bytes, File.ReadAllBytes(store.BlobPath(blob.Bytes)));
        Assert.Equal(Path.Combine(_workspace.Store, "blobs", "sha256", blob.Bytes.Hex[..2], blob.Bytes.Hex[2..]), store.BlobPath(blob.Bytes));
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.GroupRead | UnixFileMode.OtherRead, File.GetUnixFileMode(store.BlobPath(blob.Bytes)));
        Assert.True(File.Exists(file));
    }

    [Fact]
    public void Put_WithIdentity_GivesBothDigestsFromOnePass()
    {
        using var store = _workspace.Open();
        var windows = store.Put(_workspace.Write("a", "x\r\ny\r\n"), ContentIdentity.Text);
        var posix = store.Put(_workspace.Write("b", "x\ny\n"), ContentIdentity.Text);
        Assert.NotEqual(windows.Bytes, posix.Bytes);
        Assert.Equal(windows.Identity, posix.Identity);
    }

    [Fact]
    public void Put_SameContentTwice_StoresItOnce()
    {
        using var store = _workspace.Open();
        var first = store.Put(_workspace.Write("a", "same"));
        var written = File.GetLastWriteTimeUtc(store.BlobPath(first.Bytes));
        Ticks.Pass(_workspace.Root);
        Assert.Equal(first, store.Put(_workspace.Write("b", "same")));
        Assert.Equal(written, File.GetLastWriteTimeUtc(store.BlobPath(first.Bytes)));
        Assert.Empty(Directory.GetFiles(Path.Combine(_workspace.Store, "blobs", "tmp"), "????????????????????????????????"));
    }

    [Fact]
    public void Put_SameContentFromManyThreads_StoresItOnce()
    {
        using var store = _workspace.Open();
        var file = _workspace.Write("a", new string('x', 100_000));
        Parallel.For(0, 32, _ => Assert.True(store.HasBlob(store.Put(file).Bytes)));
    }

    [Fact]
    public void Put_FileThatIsNotThere_NamesIt()
    {
        using var store = _workspace.Open();
        var refusal = Assert.Throws<StoreException>(() => store.Put(Path.Combine(_workspace.Root, "absent.gro")));
        Assert.Contains("absent.gro': nothing is there", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Put_AfterKilledPut_SweepsWhatItLeft()
    {
        using var store = _workspace.Open();
        var left = Path.Combine(_workspace.Store, "blobs", "tmp", "left");
        File.WriteAllText(left, "half a blob");
        store.Put(_workspace.Write("a", "text"));
        Assert.False(File.Exists(left));
    }

    [Fact]
    public void HasBlob_NeverPut_IsFalse()
    {
        using var store = _workspace.Open();
        Assert.False(store.HasBlob(Digest.OfText("never")));
        Assert.False(store.HasBlob(default));
    }

    // At once: on a file system with coarse stamps the edit carries the very stamps of the blob's own last change.
    [Fact]
    public void HasBlob_EditedAtOnceWithSameLength_IsNeverServed()
    {
        for (var i = 0; i < 50; i++)
        {
            using var store = _workspace.Open();
            var blob = store.Put(_workspace.Write("a", $"content {i:D4}"));
            Edit(store.BlobPath(blob.Bytes), $"CONTENT {i:D4}");
            Assert.False(store.HasBlob(blob.Bytes));
        }

        Assert.Equal(50, Directory.GetFiles(Path.Combine(_workspace.Store, "damaged")).Length);
    }

    [Fact]
    public void HasBlob_EditedWithStampsPutBack_IsNotServed()
    {
        using var store = _workspace.Open();
        var blob = store.Put(_workspace.Write("a", "content"));
        var path = store.BlobPath(blob.Bytes);
        Assert.True(store.HasBlob(blob.Bytes));
        var written = File.GetLastWriteTimeUtc(path);
        Edit(path, "CONTENT");
        File.SetLastWriteTimeUtc(path, written);
        Assert.False(store.HasBlob(blob.Bytes));
    }

    [Fact]
    public void HasBlob_EditedBetweenTwoProcesses_IsNotServed()
    {
        var digest = PutAndClose("content");
        using var store = _workspace.Open();
        Edit(store.BlobPath(digest), "CONTENT");
        Assert.False(store.HasBlob(digest));
    }

    [Fact]
    public void HasBlob_ReplacedByLink_IsNotServed()
    {
        var digest = PutAndClose("content");
        using var store = _workspace.Open();
        File.Delete(store.BlobPath(digest));
        File.CreateSymbolicLink(store.BlobPath(digest), Path.Combine(_workspace.Root, "a"));
        Assert.False(store.HasBlob(digest));
    }

    [Fact]
    public void Put_OverEditedBlob_HealsIt()
    {
        using var store = _workspace.Open();
        var file = _workspace.Write("a", "content");
        var blob = store.Put(file);
        Edit(store.BlobPath(blob.Bytes), "CONTENT");
        store.Put(file);
        Assert.True(store.HasBlob(blob.Bytes));
        Assert.Equal("content", File.ReadAllText(store.BlobPath(blob.Bytes)));
    }

    [Fact]
    public void HasBlob_UntouchedSinceAnEarlierProcess_IsNotHashedAgain()
    {
        var digest = PutAndClose("content");
        using var store = _workspace.Open();
        Assert.True(store.HasBlob(digest));
        Assert.Equal(0, store.BlobsVerified);
    }

    [Fact]
    public void HasBlob_TouchedButSame_IsHashedOnceAndForAll()
    {
        var digest = PutAndClose("content");
        using (var store = _workspace.Open())
        {
            File.SetLastWriteTimeUtc(store.BlobPath(digest), DateTime.UnixEpoch);
            Ticks.Pass(_workspace.Root);
            Assert.True(store.HasBlob(digest));
            Assert.True(store.HasBlob(digest));
            Assert.Equal(1, store.BlobsVerified);
        }

        using var next = _workspace.Open();
        Assert.True(next.HasBlob(digest));
        Assert.Equal(0, next.BlobsVerified);
    }

    [Fact]
    public void Workspace_Moved_KeepsRecordsAndBlobs()
    {
        var digest = PutAndClose("content");
        _workspace.MoveTo(_workspace.Root + "-moved");
        using var store = _workspace.Open();
        Assert.True(store.HasBlob(digest));
        Assert.Equal(1, store.State.Count);
        Assert.StartsWith(_workspace.Root, store.BlobPath(digest), StringComparison.Ordinal);
        Assert.Equal(0, store.BlobsVerified);
    }

    private Digest PutAndClose(string text)
    {
        using var store = _workspace.Open();
        var digest = store.Put(_workspace.Write("a", text)).Bytes;
        store.Commit(Sample.State(1, 1));
        return digest;
    }

    // As root writes: the mode does not stop it; a plain user would first change the mode.
    private static void Edit(string path, string text)
    {
        if (Environment.UserName != "root" && !RuntimeInformation.IsOSPlatform(OSPlatform.Windows))
        {
            File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        }

        using var file = new FileStream(path, FileMode.Open, FileAccess.Write);
        file.Write(System.Text.Encoding.UTF8.GetBytes(text));
    }
}
