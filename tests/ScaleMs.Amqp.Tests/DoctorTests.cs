using ScaleMs.Amqp.Tests.Support;
using ScaleMs.Launchers.Amqp;
using ScaleMs.Launchers.Sites;
using ScaleMs.Launchers.Sites.Doctor;

namespace ScaleMs.Amqp.Tests;

/// <summary>A farm's doctor tells what is wrong with it and what to do.</summary>
public sealed class DoctorTests(RabbitNode node)
{
    [Fact]
    public async Task Farm_ThatIsWell_IsToldWithItsWorkersAndTools()
    {
        await using var space = FarmSpace.New(node);
        Directory.CreateDirectory(space.Blobs);
        var wide = space.StartWorker(space.WorkerOptions("wide") with { Slots = 4, MemoryBytes = 8L << 30, Labels = ["fast"] });
        var small = space.StartWorker(space.WorkerOptions("small") with { Slots = 1 });
        await Poll.UntilAsync(() => wide.IsConnected && small.IsConnected);
        var found = await FindAsync(Site(space) with { Limits = new SiteLimits { Cpus = 4 } }, space, "sh");
        Assert.Contains($"Ok broker: amqp://127.0.0.1:{space.Port}/ lets us in: RabbitMQ ", found, StringComparison.Ordinal);
        Assert.Contains("Ok rights: ", found, StringComparison.Ordinal);
        Assert.Contains($"Ok {wide.Name} worker: 4 slots, 4 free, 8 GiB, labels 'fast'", found, StringComparison.Ordinal);
        Assert.Contains($"Warn {small.Name} worker: 1 slots, 1 free: it lacks 'fast', and takes nothing from this site", found, StringComparison.Ordinal);
        Assert.Contains("Ok fit: 1 of 2 workers take actions of this site", found, StringComparison.Ordinal);
        Assert.Contains(" tool: 'sh' is /", found, StringComparison.Ordinal);
        Assert.Contains("Ok blobs: ", found, StringComparison.Ordinal);
        Assert.DoesNotContain("Fail", found, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Farm_WithoutWorkersAndBlobs_FailsWithAdvice()
    {
        await using var space = FarmSpace.New(node);
        var found = await FindAsync(Site(space), space);
        Assert.Contains($"Fail worker: no worker of farm '{space.Farm}' is there → start one: scalems worker --broker", found, StringComparison.Ordinal);
        Assert.Contains($"Fail blobs: '{space.Blobs}' cannot be written", found, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Broker_ThatIsNotThere_FailsAtOnce()
    {
        await using var space = FarmSpace.At("none", Directory.CreateTempSubdirectory("farm").FullName, RabbitNode.FreePort());
        var found = await FindAsync(Site(space), space);
        Assert.Contains($"Fail broker: amqp://127.0.0.1:{space.Port}/ cannot be reached: ", found, StringComparison.Ordinal);
        Assert.DoesNotContain("rights", found, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Credentials_ThatTheBrokerRefuses_AreToldAndNotReadOut()
    {
        await using var space = FarmSpace.New(node);
        var file = Path.Combine(space.Root, "credentials");
        File.WriteAllText(file, "nobody\nunlikely\n");
        File.SetUnixFileMode(file, UnixFileMode.UserRead);
        var site = Site(space);
        var found = await FindAsync(site with { Amqp = site.Amqp! with { CredentialsFile = file } }, space);
        Assert.Contains("Ok credentials: are in '", found, StringComparison.Ordinal);
        Assert.Contains("refuses the credentials", found, StringComparison.Ordinal);
        Assert.DoesNotContain("unlikely", found, StringComparison.Ordinal);
        File.SetUnixFileMode(file, UnixFileMode.UserRead | UnixFileMode.OtherRead);
        Assert.Contains("Fail credentials: ", await FindAsync(site with { Amqp = site.Amqp! with { CredentialsFile = file } }, space), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("0123456789abcdef", "Ok blobs: ")]
    [InlineData("fedcba9876543210", "Fail blobs: ")]
    public async Task Endpoint_WithAToken_IsTriedAndLeftAsItWas(string token, string told)
    {
        await using var space = FarmSpace.New(node);
        using var stop = new CancellationTokenSource();
        var address = $"http://127.0.0.1:{RabbitNode.FreePort()}";
        var served = Directory.CreateDirectory(Path.Combine(space.Root, "served")).FullName;
        using var server = new BlobServer(new BlobServerOptions { Listen = address, Directory = served, Token = "0123456789abcdef" });
        var serving = server.RunAsync(stop.Token);
        var site = Site(space);
        Assert.Contains(told, await FindAsync(site with { Amqp = site.Amqp! with { Blobs = address } }, space, token: token), StringComparison.Ordinal);
        Assert.Equal([".served-by", ".serving"], Directory.EnumerateFiles(served, "*", SearchOption.AllDirectories).Select(Path.GetFileName).Order(StringComparer.Ordinal));
        await stop.CancelAsync();
        await serving;
    }

    private static SiteProfile Site(FarmSpace space) => new()
    {
        Name = "farm",
        Launcher = "amqp",
        IsShared = false,
        Amqp = new AmqpProfile { Broker = $"amqp://127.0.0.1:{space.Port}", Farm = space.Farm, Labels = ["fast"], Blobs = space.Blobs },
    };

    private static async Task<string> FindAsync(SiteProfile site, FarmSpace space, string? tool = null, string token = "")
    {
        var request = new DoctorRequest(space.Root) { Tools = tool is null ? [] : [tool] };
        var checks = FarmDoctor.ChecksOf(site, request, name => name == "SCALEMS_BLOB_TOKEN" ? token : null);
        var findings = (await Task.WhenAll(checks.Select(check => check.RunAsync(CancellationToken.None)))).SelectMany(found => found);
        return string.Join('\n', findings.Select(one => $"{one.State} {(one.Place.Length > 0 ? one.Place + " " : string.Empty)}{one.Check}: {one.Message} → {one.Advice}"));
    }
}
