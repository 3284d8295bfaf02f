using System.Collections.Concurrent;
using ScaleMs.Store.Cache;
using ScaleMs.Store.Tests.Support;

namespace ScaleMs.Store.Tests.Cache;

/// <summary>Clients that come, make, take and go, beside a collector that takes all it may.</summary>
public sealed class CollectorStormTests : IDisposable
{
    private const int Rounds = 40;
    private const int Keys = 6;
    private readonly CacheFolder _cache = new();
    private readonly ConcurrentBag<string> _wrong = [];
    private int _collected;

    public void Dispose() => _cache.Dispose();

    [Fact]
    public async Task Clients_BesideAGreedyCollector_NeverLoseWhatTheyFoundNorGetWrongBytes()
    {
        CacheClient.MakeIn(_cache.Root, 0, "text 0", "shared");
        using var isOver = new CancellationTokenSource();
        var collecting = Task.Run(() => Collect(isOver.Token));
        await Task.WhenAll(Task.Run(() => Live(1)), Task.Run(() => Live(2)), Task.Run(() => Read(3)));
        await isOver.CancelAsync();
        await collecting;
        Assert.Empty(_wrong);
        Assert.True(_collected > 0, "nothing was ever collected, so nothing was shown");
    }

    /// <summary>With a lease: what is found can be had.</summary>
    private void Live(int seed)
    {
        var random = new Random(seed);
        for (var round = 0; round < Rounds; round++)
        {
            using var client = new CacheClient(_cache.Root);
            var key = random.Next(Keys);
            if (client.Store.FindResult(Sample.Key(key)).Result is null)
            {
                client.Make(key, $"text {key}", "shared");
            }
            else
            {
                // The collector has a chance here.
                Thread.Yield();
                Expect(client.Take(key), key, client);
            }

            client.Close();
            client.Notices.ToList().ForEach(_wrong.Add);
        }
    }

    /// <summary>Without a lease: what is found may vanish, but is never wrong.</summary>
    private void Read(int seed)
    {
        var random = new Random(seed);
        for (var round = 0; round < Rounds; round++)
        {
            using var client = new CacheClient(_cache.Root, isReadOnly: true);
            var key = random.Next(Keys);
            if (client.Take(key) is { } text)
            {
                Expect(text, key, client);
            }

            client.Notices.ToList().ForEach(_wrong.Add);
        }
    }

    private void Expect(string? text, int key, CacheClient client)
    {
        if (text != $"text {key}|shared")
        {
            _wrong.Add($"key {key}: {text ?? "lost"} ({string.Join("; ", client.Notices)})");
        }
    }

    private void Collect(CancellationToken isOver)
    {
        while (!isOver.IsCancellationRequested)
        {
            var swept = new CacheCollector(new CacheOptions { Place = _cache.Root }).Collect(new CacheLimits { MostBytes = 0, Grace = TimeSpan.Zero });
            _collected += swept.Results.Count;
            swept.Problems.ToList().ForEach(_wrong.Add);
        }
    }
}
