using System.Text.Json;
using ScaleMs.Engine.Tests;

namespace ScaleMs.Tool.Tests;

/// <summary>The tool on a shared cache that real runs filled.</summary>
public sealed class CacheTests : IDisposable
{
    private readonly string _parent = Directory.CreateTempSubdirectory("scalems-cache-").FullName;
    private readonly TestStudy _study;

    public CacheTests()
    {
        _study = new TestStudy { Cache = Path.Combine(_parent, "cache") };
        _study.Write("in.txt", "one\n");
        _study.Run(ThreeSteps.Of());
    }

    public void Dispose()
    {
        _study.Dispose();
        Directory.Delete(_parent, recursive: true);
    }

    [Fact]
    public void Gc_OfACacheJustUsed_RemovesNothing()
    {
        var tool = ToolProcess.Run(_study.Root, "gc", "--cache", _study.Cache!, "--max-size", "0");
        Assert.Equal(0, tool.ExitCode);
        Assert.StartsWith("removed 0 records and 0 blobs", tool.Totals, StringComparison.Ordinal);
    }

    [Fact]
    public void Gc_OfACacheUnusedForLong_RemovesWhatIsOverTheLimits()
    {
        Age();
        var preview = ToolProcess.Run(_study.Root, "gc", "--cache", _study.Cache!, "--older-than", "1d", "--preview", "--json");
        using var json = JsonDocument.Parse(preview.Output);
        Assert.Equal(3, json.RootElement.GetProperty("results").GetArrayLength());
        Assert.True(json.RootElement.GetProperty("isPreview").GetBoolean());
        var tool = ToolProcess.Run(_study.Root, "gc", "--cache", _study.Cache!, "--older-than", "1d");
        Assert.Equal(0, tool.ExitCode);
        Assert.StartsWith("removed 3 records and 3 blobs", tool.Totals, StringComparison.Ordinal);
        Assert.Contains("of t/first", tool.Output, StringComparison.Ordinal);
        Assert.StartsWith("removed 0 records", ToolProcess.Run(_study.Root, "gc", "--cache", _study.Cache!, "--max-size", "0").Totals, StringComparison.Ordinal);
    }

    [Fact]
    public void Gc_OfAFolderThatIsNoCache_SaysSo()
    {
        var tool = ToolProcess.Run(_study.Root, "gc", "--cache", _parent);
        Assert.Equal(1, tool.ExitCode);
        Assert.Contains("there is no shared cache at", tool.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void Gc_OfACacheWithAnOptionOfStores_IsRefused()
    {
        var tool = ToolProcess.Run(_study.Root, "gc", "--cache", _study.Cache!, "--keep-runs", "1");
        Assert.Equal(2, tool.ExitCode);
        Assert.Contains("--keep-runs is of a workspace's store", tool.Error, StringComparison.Ordinal);
    }

    private void Age()
    {
        foreach (var path in Directory.GetFiles(_study.Cache!, "*", SearchOption.AllDirectories))
        {
            File.SetLastWriteTimeUtc(path, DateTime.UtcNow - TimeSpan.FromDays(2));
        }
    }
}
