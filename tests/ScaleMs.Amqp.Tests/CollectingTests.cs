using ScaleMs.Amqp.Tests.Support;
using ScaleMs.Core.Digests;
using ScaleMs.Core.Ports;
using ScaleMs.Launchers.Amqp;
using ScaleMs.Launchers.Amqp.Blobs;

namespace ScaleMs.Amqp.Tests;

/// <summary>Blobs that nobody uses are removed, and whoever misses one gets it again.</summary>
public sealed class CollectingTests(RabbitNode node) : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("collect");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public async Task Blobs_BeyondTheirAge_AreRemovedAndUsedOnesKept()
    {
        await PutAsync("old", TimeSpan.FromDays(40));
        var used = await PutAsync("used", TimeSpan.FromDays(40));
        await PutAsync("young", TimeSpan.FromDays(3));
        Assert.True(await Place.HasAsync(used, 4, default));
        Assert.Equal(new BlobCollected(1, 3, 2, 9), BlobCollector.Collect(_folder.FullName, new BlobLimits { MostAge = TimeSpan.FromDays(30) }));
        Assert.Equal(["used", "young"], Texts());
    }

    [Fact]
    public async Task Blobs_BeyondTheirSize_GoFromTheOneThatWasUsedLongestAgo()
    {
        await PutAsync("first", TimeSpan.FromDays(3));
        await PutAsync("second", TimeSpan.FromDays(2));
        await PutAsync("third", TimeSpan.FromMinutes(30));
        Assert.Equal(new BlobCollected(1, 5, 2, 11), BlobCollector.Collect(_folder.FullName, new BlobLimits { MostBytes = 11 }));
        Assert.Equal(new BlobCollected(1, 6, 1, 5), BlobCollector.Collect(_folder.FullName, new BlobLimits { MostBytes = 1 }));
        Assert.Equal(["third"], Texts());
    }

    [Fact]
    public void Files_ThatAreNoBlobs_StayUnlessTheyWereNeverFinished()
    {
        var folder = Directory.CreateDirectory(Path.Combine(_folder.FullName, "sha256", "aa"));
        foreach (var (name, age) in new[] { ("note", 100), ("left.new", 100), ("coming.new", 0) })
        {
            var file = Path.Combine(folder.FullName, name);
            File.WriteAllText(file, name);
            File.SetLastWriteTimeUtc(file, DateTime.UtcNow - TimeSpan.FromDays(age));
        }

        Assert.Equal(new BlobCollected(0, 0, 0, 0), BlobCollector.Collect(_folder.FullName, new BlobLimits { MostAge = TimeSpan.FromDays(1), MostBytes = 1 }));
        Assert.Equal(["coming.new", "note"], folder.EnumerateFiles().Select(file => file.Name).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Endpoint_WithLimits_CollectsAndKeepsWhatIsAskedFor()
    {
        var (old, used) = (await PutAsync("old", TimeSpan.FromDays(40)), await PutAsync("used", TimeSpan.FromDays(40)));
        var address = $"http://127.0.0.1:{RabbitNode.FreePort()}";
        const string token = "0123456789abcdef";
        await ServingAsync(new BlobServerOptions { Listen = address, Directory = _folder.FullName, Token = token }, async () =>
            Assert.True(await new HttpBlobs(new Uri(address), token).HasAsync(used, 4, default)));
        await ServingAsync(new BlobServerOptions { Listen = address, Directory = _folder.FullName, Token = token, Limits = new BlobLimits { MostAge = TimeSpan.FromDays(30) } }, async () =>
        {
            await Poll.UntilAsync(() => Texts().Count == 1);
            Assert.Equal(["used"], Texts());
            Assert.False(await new HttpBlobs(new Uri(address), token).HasAsync(old, 3, default));
        });
    }

    [Fact]
    public async Task Action_WhoseBlobsAreGone_EndsAsLostAndTheNextAttemptSendsThemAgain()
    {
        await using var space = FarmSpace.New(node);
        await using var client = space.Client();
        var programs = Directory.CreateDirectory(Path.Combine(space.Root, "programs")).FullName;
        File.WriteAllText(Path.Combine(programs, "say"), "cat in > out; echo said >> out");
        LaunchRequest Next()
        {
            var request = space.Request($"sh {programs}/say", "out");
            File.WriteAllText(Path.Combine(request.Directory, "in"), new string('i', 100_000));
            return request with { Folders = [programs], Commands = [new LaunchCommand("/bin/sh", [programs + "/say"], null, null)] };
        }

        var first = Next();
        var running = client.RunAsync(first, null, CancellationToken.None);
        await Poll.UntilAsync(() => FarmSpace.IsSent(first));
        Directory.Delete(space.Blobs, recursive: true);
        space.StartWorker();
        var lost = await running;
        Assert.Equal((LaunchEnd.NodeLost, false), (lost.End, lost.IsLasting));
        Assert.Contains("cannot be had", lost.Message, StringComparison.Ordinal);
        var second = Next();
        Assert.Equal(LaunchEnd.Exited, (await client.RunAsync(second, null, CancellationToken.None)).End);
        Assert.Equal(new string('i', 100_000) + "said\n", File.ReadAllText(Path.Combine(second.Directory, "out")));
    }

    private DirectoryBlobs Place => new(_folder.FullName);

    private async Task<string> PutAsync(string text, TimeSpan age)
    {
        var file = Path.Combine(_folder.FullName, "from");
        File.WriteAllText(file, text);
        var digest = Digest.OfText(text).Hex;
        await Place.PutAsync(digest, text.Length, file, default);
        File.SetLastWriteTimeUtc(Path.Combine(_folder.FullName, "sha256", digest[..2], digest), DateTime.UtcNow - age);
        return digest;
    }

    private List<string> Texts() => [.. Directory.EnumerateFiles(Path.Combine(_folder.FullName, "sha256"), "*", SearchOption.AllDirectories).Select(File.ReadAllText).Order(StringComparer.Ordinal)];

    private static async Task ServingAsync(BlobServerOptions options, Func<Task> work)
    {
        using var stop = new CancellationTokenSource();
        using var server = new BlobServer(options);
        var serving = server.RunAsync(stop.Token);
        await work();
        await stop.CancelAsync();
        await serving;
    }
}
