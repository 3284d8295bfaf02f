using ScaleMs.Store.Maintenance;
using ScaleMs.Store.Tests.Support;

namespace ScaleMs.Store.Tests.Maintenance;

public sealed class UsageTests : IDisposable
{
    private readonly Study _study = new();

    public void Dispose() => _study.Dispose();

    [Fact]
    public void Usage_ByCategory_AddsUpToTheFolder()
    {
        _study.Workspace.Open(_study.Options).Using(store =>
        {
            _study.Record(store, 1, 1, new string('a', 10));
            _study.Record(store, 2, 1, new string('b', 200));
            _study.Put(store, new string('c', 3000));
        });
        _study.Attempt(null, 1, 1, "attempt");
        var report = StoreUsage.Of(_study.Workspace.Root, _study.Options);
        Assert.Equal(200, Row(report, "blobs of what steps stand at").Bytes);
        Assert.Equal(10, Row(report, "blobs of older results only").Bytes);
        Assert.Equal(3000, Row(report, "blobs that no record names").Bytes);
        Assert.Equal("checkpoint".Length, Row(report, "work").Bytes);
        var files = Directory.GetFiles(_study.Workspace.Store, "*", SearchOption.AllDirectories);
        Assert.Equal(files.Sum(file => new FileInfo(file).Length), report.Bytes);
        Assert.Equal(files.Length, report.Categories.Sum(row => row.Files));
    }

    [Fact]
    public void Usage_ByStep_ListsTheLargestFirstAndSharedBlobsOnce()
    {
        _study.Workspace.Open(_study.Options).Using(store =>
        {
            _study.Record(store, 1, 1, new string('a', 10));
            _study.Record(store, 2, 2, new string('b', 200));
            _study.Record(store, 3, 3, new string('b', 200));
        });
        var report = StoreUsage.Of(_study.Workspace.Root, _study.Options);
        Assert.Equal([new UsageRow("simulate/mdrun[replica=2]", 200, 1), new UsageRow("simulate/mdrun[replica=1]", 10, 1)], report.Steps);
        Assert.Equal([new UsageRow("simulate", 210, 2)], report.Tasks);
        Assert.Equal((200, 1), (report.Shared.Bytes, report.Shared.Files));
    }

    private static UsageRow Row(UsageReport report, string name) => report.Categories.Single(row => row.Name == name);
}
