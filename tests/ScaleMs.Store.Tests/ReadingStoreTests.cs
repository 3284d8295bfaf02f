using ScaleMs.Core.Digests;
using ScaleMs.Core.Ports;
using ScaleMs.Store.Tests.Support;

namespace ScaleMs.Store.Tests;

public sealed class ReadingStoreTests : IDisposable
{
    private readonly Study _study = new();

    public void Dispose() => _study.Dispose();

    [Fact]
    public void Reader_BesideAWriter_SeesWhatWasCommittedAndLeavesItAlone()
    {
        using var writer = _study.Workspace.Open(_study.Options);
        var bytes = _study.Record(writer, 1, 1, "first");
        using var reader = Open();
        _study.Record(writer, 2, 2, "second");

        Assert.True(reader.IsReadOnly);
        Assert.Equal(Sample.Key(1), reader.State.Steps[Sample.Step(1)].Key);
        Assert.True(reader.HasBlob(bytes));
        Assert.False(reader.State.Steps.ContainsKey(Sample.Step(2)));
        Assert.True(Open().State.Steps.ContainsKey(Sample.Step(2)));
    }

    [Fact]
    public void Blob_Edited_IsNotServedAndStaysWhereItIs()
    {
        Digest bytes = default;
        _study.Workspace.Open(_study.Options).Using(store => bytes = _study.Record(store, 1, 1, "first"));
        Assert.True(Open().HasBlob(bytes));

        Study.Overwrite(_study.BlobPath(bytes), "wrong");
        Assert.False(Open().HasBlob(bytes));
        Assert.True(_study.Has(bytes));
        File.Delete(_study.BlobPath(bytes));
        Assert.False(Open().HasBlob(bytes));
    }

    [Fact]
    public void Reader_WithoutAStore_HoldsNothingAndMakesNone()
    {
        using var reader = Open();

        Assert.Equal(0, reader.State.Count);
        Assert.False(reader.HasBlob(Sample.Bytes(1)));
        Assert.False(Directory.Exists(_study.Workspace.Store));
    }

    [Fact]
    public void Reader_OfANewerFormat_IsRefused()
    {
        Directory.CreateDirectory(_study.Workspace.Store);
        File.WriteAllText(Path.Combine(_study.Workspace.Store, "store.json"), """{"format":99}""");
        Assert.Contains("format 99", Assert.Throws<StoreException>(Open).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Reader_AskedToWrite_Refuses()
    {
        using var reader = Open();
        Assert.Throws<InvalidOperationException>(() => reader.Commit(Sample.Run(1)));
        Assert.Throws<InvalidOperationException>(() => reader.Put(_study.Workspace.Write("file", "text")));
    }

    private ReadingStore Open() => ReadingStore.Open(_study.Workspace.Root, _study.Options);
}
