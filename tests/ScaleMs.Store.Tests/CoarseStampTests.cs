using System.Text;
using ScaleMs.Store.Blobs;
using ScaleMs.Store.Journal;
using ScaleMs.Store.Layout;
using ScaleMs.Store.Tests.Support;

namespace ScaleMs.Store.Tests;

public sealed class CoarseStampTests : IDisposable
{
    private readonly Workspace _workspace = new();
    private readonly BlobLedger _ledger = new(new JournalContents());
    private readonly BlobStore _blobs;

    public CoarseStampTests()
    {
        var layout = new StoreLayout(_workspace.Store);
        Directory.CreateDirectory(layout.Incoming);
        Directory.CreateDirectory(layout.Blobs);
        _blobs = new BlobStore(layout, _ledger, new CoarseDisk(), _ => { });
    }

    public void Dispose() => _workspace.Dispose();

    [Fact]
    public void HasBlob_EditedInTheTickOfItsOwnMaking_IsNeverServed()
    {
        for (var i = 0; i < 100; i++)
        {
            var blob = _blobs.Put(_workspace.Write("a", $"content {i:D4}"), null);
            if (i % 2 == 0)
            {
                Assert.True(_blobs.Has(blob.Bytes));
            }

            File.SetUnixFileMode(_blobs.PathOf(blob.Bytes), UnixFileMode.UserRead | UnixFileMode.UserWrite);
            using (var file = new FileStream(_blobs.PathOf(blob.Bytes), FileMode.Open, FileAccess.Write))
            {
                file.Write(Encoding.UTF8.GetBytes($"CONTENT {i:D4}"));
            }

            Assert.False(_blobs.Has(blob.Bytes));
        }
    }

    [Fact]
    public void HasBlob_LaterThanAnyTick_IsHashedOnceAndForAll()
    {
        var blob = _blobs.Put(_workspace.Write("a", "content"), null);
        Ticks.Pass(_workspace.Root);
        Assert.True(_blobs.Has(blob.Bytes));
        Assert.True(_blobs.Has(blob.Bytes));
        Assert.InRange(_blobs.Verified, 0, 1);
        Assert.NotNull(_ledger.Find(blob.Bytes));
    }
}
