using ScaleMs.Core.Ports;
using ScaleMs.Store.Cache;
using ScaleMs.Store.Tests.Support;

namespace ScaleMs.Store.Tests.Cache;

public sealed class CollectorTests : IDisposable
{
    private static readonly CacheLimits Nothing = new() { MostBytes = 0 };
    private static readonly TimeSpan Days = TimeSpan.FromDays(3);
    private readonly CacheFolder _cache = new();
    private readonly CacheCollector _collector;

    public CollectorTests() => _collector = new CacheCollector(new CacheOptions { Place = _cache.Root });

    public void Dispose() => _cache.Dispose();

    [Fact]
    public void Collect_BySize_TakesWhatWasUnusedLongestAndKeepsSharedBytes()
    {
        CacheClient.MakeIn(_cache.Root, 1, "shared", "only-in-1");
        CacheClient.MakeIn(_cache.Root, 2, "shared", "only-in-2");
        _cache.Age(Days);
        _cache.Age(Days + Days, _cache.Record(1));
        var all = _collector.Preview(Nothing).Bytes;
        var swept = _collector.Collect(new CacheLimits { MostBytes = all - 1 });
        Assert.Equal(Sample.Key(1), Assert.Single(swept.Results).Key);
        Assert.False(File.Exists(_cache.Record(1)));
        Assert.False(File.Exists(_cache.Blob("only-in-1")));
        Assert.True(File.Exists(_cache.Blob("shared")));
        Assert.Equal(1, swept.Blobs);
        Assert.Equal(all, swept.Bytes + swept.BytesLeft);
        Assert.Equal("shared|only-in-2", Taken(2));
        Assert.Null(Taken(1));
    }

    [Fact]
    public void Collect_ByAge_TakesOnlyWhatIsOlder()
    {
        CacheClient.MakeIn(_cache.Root, 1, "old");
        CacheClient.MakeIn(_cache.Root, 2, "young");
        _cache.Age(TimeSpan.FromHours(30));
        _cache.Age(Days, _cache.Record(1));
        var swept = _collector.Collect(new CacheLimits { LongestUnused = TimeSpan.FromDays(2) });
        Assert.Equal(Sample.Key(1), Assert.Single(swept.Results).Key);
        Assert.Equal(Sample.Result(1, 1).WallSeconds, swept.SecondsToMakeAgain);
        Assert.Equal("young", Taken(2));
    }

    [Fact]
    public void Preview_TellsWhatCollectDoes_AndChangesNothing()
    {
        CacheClient.MakeIn(_cache.Root, 1, "a", "b");
        CacheClient.MakeIn(_cache.Root, 2, "c");
        _cache.Age(Days);
        var before = _cache.Listing();
        var preview = _collector.Preview(Nothing);
        Assert.Equal(before, _cache.Listing());
        var swept = _collector.Collect(Nothing);
        Assert.Equal(preview.Results, swept.Results);
        Assert.Equal((preview.Blobs, preview.Bytes, preview.BytesLeft), (swept.Blobs, swept.Bytes, swept.BytesLeft));
        Assert.Equal((3, 0L), (swept.Blobs, swept.BytesLeft));
    }

    [Fact]
    public void Collect_WithinTheGracePeriod_TakesNothing()
    {
        CacheClient.MakeIn(_cache.Root, 1, "text");
        _cache.Age(TimeSpan.FromMinutes(50));
        Assert.Empty(_collector.Collect(Nothing).Results);
        Assert.Equal("text", Taken(1));
    }

    [Fact]
    public void Collect_BesideAClient_LeavesWhatItReliesOn()
    {
        CacheClient.MakeIn(_cache.Root, 1, "relied-on");
        CacheClient.MakeIn(_cache.Root, 2, "not");
        _cache.Age(Days);
        using var client = new CacheClient(_cache.Root);
        var found = client.Store.FindResult(Sample.Key(1)).Result!;
        var swept = _collector.Collect(Nothing with { Grace = TimeSpan.Zero });
        Assert.Equal(Sample.Key(2), Assert.Single(swept.Results).Key);
        Assert.Equal(1, swept.LiveClients);
        Assert.True(client.Store.Bring(found.Outputs[0].Bytes));
    }

    [Fact]
    public void Collect_OnceTheClientIsKilled_RemovesItsLeaseAndWhatItReliedOn()
    {
        CacheClient.MakeIn(_cache.Root, 1, "text");
        IReadOnlyList<SweptResult> beside;
        using (var other = OtherUser.HoldOpen(_cache.Root, 1))
        {
            beside = _collector.Collect(Nothing with { Grace = TimeSpan.Zero }).Results;
            other.Kill();
            other.WaitForExit();
        }

        Assert.Empty(beside);

        _cache.Age(Days, _cache.Record(1), _cache.Blob("text"));
        Assert.Single(Directory.GetFiles(_cache.Leases));
        Assert.Single(_collector.Collect(Nothing).Results);
        Assert.Empty(Directory.GetFiles(_cache.Leases));
    }

    [Theory]
    [InlineData("another-host", "boot", 23, true)]
    [InlineData("another-host", "boot", 25, false)]
    [InlineData("this-host", "earlier-boot", 2, false)]
    [InlineData("this-host", "earlier-boot", 0, true)]
    public void Lease_OfAnotherMachineOrStart_CountsWhileItIsRefreshed(string host, string boot, int silentHours, bool counts)
    {
        CacheClient.MakeIn(_cache.Root, 1, "text");
        _cache.Age(Days);
        var lease = Path.Combine(_cache.Leases, "x.json");
        File.WriteAllText(lease, $$"""{"host":"{{host}}","bootId":"{{boot}}","processSpace":"p","processId":1,"startTicks":1,"beganNs":1}""");
        _cache.Age(TimeSpan.FromHours(silentHours), lease);
        var collector = new CacheCollector(new CacheOptions { Place = _cache.Root, HostName = "this-host", BootId = "this-boot" });
        Assert.Equal(counts ? 0 : 1, collector.Collect(Nothing).Results.Count);
        Assert.Equal(counts, File.Exists(lease));
    }

    [Fact]
    public void Lease_Unreadable_HoldsEverythingBack()
    {
        CacheClient.MakeIn(_cache.Root, 1, "text");
        _cache.Age(Days);
        File.WriteAllText(Path.Combine(_cache.Leases, "x.json"), "{");
        Assert.Empty(_collector.Collect(Nothing).Results);
    }

    [Fact]
    public void Collect_WithoutLimits_RemovesOnlyWhatNobodyCanUse()
    {
        CacheClient.MakeIn(_cache.Root, 1, "good");
        CacheClient.MakeIn(_cache.Root, 2, "orphan");
        CacheClient.MakeIn(_cache.Root, 3, "of-damaged");
        File.Delete(_cache.Record(2));
        CacheFolder.Overwrite(_cache.Record(3), bytes => bytes[..20]);
        File.WriteAllText(Path.Combine(_cache.Root, "incoming", "left"), "half a blo");
        _cache.Age(Days);
        File.WriteAllText(Path.Combine(_cache.Root, "incoming", "young"), "being written");
        var swept = _collector.Collect(new CacheLimits());
        Assert.Empty(swept.Results);
        Assert.Equal((1, 2), (swept.DamagedRecords, swept.Blobs));
        Assert.Equal("good", Taken(1));
        Assert.True(File.Exists(Path.Combine(_cache.Root, "incoming", "young")));
    }

    [Fact]
    public void Find_MarksAsUsed_SoThatTheNextCollectionTakesAnother()
    {
        CacheClient.MakeIn(_cache.Root, 1, "first-made");
        CacheClient.MakeIn(_cache.Root, 2, "second");
        _cache.Age(Days);
        _cache.Age(Days + Days, _cache.Record(1));
        Assert.Equal("first-made", Taken(1));
        Assert.Equal(Sample.Key(2), Assert.Single(_collector.Collect(new CacheLimits { LongestUnused = TimeSpan.FromDays(1) }).Results).Key);
    }

    [Fact]
    public void Collect_WhileAnotherDoes_IsRefused()
    {
        CacheClient.MakeIn(_cache.Root, 1, "text");
        _collector.Collect(new CacheLimits());
        using var turn = CollectorTurn.Take(new CacheLayout(_cache.Root));
        Assert.Contains("another collection", Assert.Throws<StoreException>(() => _collector.Collect(Nothing)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Collect_WhereNoCacheIs_SaysSo() =>
        Assert.Contains("no shared cache", Assert.Throws<StoreException>(() => _collector.Preview(Nothing)).Message, StringComparison.Ordinal);

    private string? Taken(int key)
    {
        using var client = new CacheClient(_cache.Root);
        return client.Take(key);
    }
}
