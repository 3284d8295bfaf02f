using System.Net;
using System.Net.Http.Headers;
using System.Net.Sockets;
using System.Text;
using ScaleMs.Amqp.Tests.Support;
using ScaleMs.Core.Digests;
using ScaleMs.Core.Ports;
using ScaleMs.Launchers.Amqp;
using ScaleMs.Launchers.Amqp.Blobs;

namespace ScaleMs.Amqp.Tests;

/// <summary>The blob endpoint and the copies of a worker.</summary>
public sealed class BlobTests(RabbitNode node) : IAsyncLifetime
{
    private const string Token = "0123456789abcdef-token";

    private static readonly string Hello = Digest.OfText("hello").Hex;

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("blobs");
    private readonly CancellationTokenSource _stop = new();
    private readonly HttpClient _http = new();
    private readonly int _port = RabbitNode.FreePort();
    private BlobServer _server = null!;
    private Task _serving = Task.CompletedTask;

    private string Address => $"http://127.0.0.1:{_port}";

    public ValueTask InitializeAsync()
    {
        _server = new BlobServer(new BlobServerOptions { Listen = Address, Directory = Path.Combine(_folder.FullName, "served"), Token = Token, MostBytes = 1000_000 });
        _serving = _server.RunAsync(_stop.Token);
        return ValueTask.CompletedTask;
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _serving;
        _server.Dispose();
        _http.Dispose();
        _folder.Delete(recursive: true);
    }

    [Fact]
    public async Task Blob_PutAndGot_IsTheSame()
    {
        var place = new HttpBlobs(new Uri(Address), Token);
        var (from, to) = (FileOf("hello"), Path.Combine(_folder.FullName, "to"));
        Assert.False(await place.HasAsync(Hello, 5, default));
        await place.PutAsync(Hello, 5, from, default);
        await place.PutAsync(Hello, 5, from, default);
        Assert.True(await place.HasAsync(Hello, 5, default));
        await place.GetAsync(Hello, 5, to, default);
        Assert.Equal("hello", File.ReadAllText(to));
    }

    /// <summary>A machine that lost its power may leave a file without its bytes.</summary>
    [Fact]
    public async Task Blob_OfAnotherLengthThere_IsReplaced()
    {
        var broken = new DirectoryBlobs(Path.Combine(_folder.FullName, "served")).PlaceOf(Hello);
        Directory.CreateDirectory(Path.GetDirectoryName(broken)!);
        File.WriteAllText(broken, "hel");
        await new HttpBlobs(new Uri(Address), Token).PutAsync(Hello, 5, FileOf("hello"), default);
        Assert.Equal("hello", File.ReadAllText(broken));
    }

    [Fact]
    public async Task Transfer_ThatBreaksOff_BeginsAnewWhereThePlaceGivesOnlyTheWhole()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        const string head = "HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\n";
        var answering = AnswerAsync(listener, head + "hel", head + "hell", head + "hello");
        var to = Path.Combine(_folder.FullName, "to");
        await new HttpBlobs(new Uri($"http://{listener.LocalEndpoint}"), Token).GetAsync(Hello, 5, to, default);
        await answering;
        Assert.Equal("hello", File.ReadAllText(to));
    }

    [Fact]
    public async Task Requests_WithoutTheToken_ThatSendNothingMore_KeepNobodyWaiting()
    {
        var silent = Enumerable.Range(0, new BlobServerOptions { Listen = Address, Directory = string.Empty, Token = Token }.MostRequests).Select(_ => new TcpClient("127.0.0.1", _port)).ToList();
        foreach (var client in silent)
        {
            await client.GetStream().WriteAsync(Encoding.ASCII.GetBytes($"PUT /blobs/sha256/{Hello} HTTP/1.1\r\nHost: 127.0.0.1:{_port}\r\nAuthorization: Bearer wrong\r\nContent-Length: 5\r\n\r\n"));
        }

        Assert.Equal(HttpStatusCode.NotFound, await AskAsync(HttpMethod.Get, $"/blobs/sha256/{Hello}").WaitAsync(TimeSpan.FromSeconds(60)));
        silent.ForEach(client => client.Dispose());
    }

    [Fact]
    public async Task Requests_ThatAreNotAsTheyShould_AreRefused()
    {
        var good = $"/blobs/sha256/{Hello}";
        Assert.Equal(HttpStatusCode.Unauthorized, await AskAsync(HttpMethod.Put, good, "hello", token: "wrong"));
        Assert.Equal(HttpStatusCode.UnprocessableContent, await AskAsync(HttpMethod.Put, good, "jello"));
        Assert.Equal(HttpStatusCode.NotFound, await AskAsync(HttpMethod.Get, good));
        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, await AskAsync(HttpMethod.Put, good, new string('x', 1000_001)));
        Assert.Equal(HttpStatusCode.Created, await AskAsync(HttpMethod.Put, good, "hello"));
        Assert.Equal(HttpStatusCode.PreconditionFailed, await AskAsync(HttpMethod.Put, good, "hello", onlyNew: true));
        Assert.Equal(HttpStatusCode.OK, await AskAsync(HttpMethod.Get, good));
        Assert.Equal(HttpStatusCode.PartialContent, await AskAsync(HttpMethod.Get, good, from: 3));
        Assert.Equal(HttpStatusCode.Unauthorized, await AskAsync(HttpMethod.Get, good, token: "wrong"));
        Assert.Equal(HttpStatusCode.MethodNotAllowed, await AskAsync(HttpMethod.Delete, good));
    }

    [Theory]
    [InlineData("/blobs/sha256/../../../../etc/passwd")]
    [InlineData("/blobs/sha256/%2e%2e%2f%2e%2e%2fetc%2fpasswd")]
    [InlineData("/blobs/sha256/")]
    [InlineData("/")]
    [InlineData("/blobs/sha256/2CF24DBA5FB0A30E26E83B2AC5B9E29E1B161E5C1FA7425E73043362938B9824")]
    [InlineData("/records/../../../../../etc/passwd")]
    [InlineData("/records/%2e%2e%2f%2e%2e%2fetc%2fpasswd")]
    [InlineData("/leads/../records/2cf24dba5fb0a30e26e83b2ac5b9e29e1b161e5c1fa7425e73043362938b9824")]
    [InlineData("/clients/..")]
    public async Task Path_ThatIsNoDigest_IsNotFoundWhateverItSays(string path)
    {
        using var client = new TcpClient("127.0.0.1", _port);
        await client.GetStream().WriteAsync(Encoding.ASCII.GetBytes($"GET {path} HTTP/1.1\r\nHost: 127.0.0.1:{_port}\r\nAuthorization: Bearer {Token}\r\nConnection: close\r\n\r\n"));
        using var reader = new StreamReader(client.GetStream());
        var answer = await reader.ReadToEndAsync();
        Assert.Matches("^HTTP/1.1 40[04] ", answer);
        Assert.DoesNotContain("root:", answer, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Farm_WithTheEndpoint_CarriesInputsAndOutputs()
    {
        await using var space = FarmSpace.New(node);
        space.StartWorker(space.WorkerOptions() with { Blobs = Address, BlobToken = Token });
        await using var client = new AmqpLauncher(space.ClientOptions with { Blobs = Address, BlobToken = Token });
        var request = space.Request("cat in in > out", "out");
        File.WriteAllText(Path.Combine(request.Directory, "in"), new string('i', 300_000));
        Assert.Equal(LaunchEnd.Exited, (await client.RunAsync(request, null, CancellationToken.None)).End);
        Assert.Equal(new string('i', 600_000), File.ReadAllText(Path.Combine(request.Directory, "out")));
        Assert.False(Directory.Exists(space.Blobs));
    }

    [Fact]
    public async Task Cache_OverItsSize_DropsWhatWasUsedLongestAgo()
    {
        var place = new DirectoryBlobs(Path.Combine(_folder.FullName, "place"));
        var cache = new BlobCache(Path.Combine(_folder.FullName, "cache"), 25, place);
        string[] texts = ["first-----", "second----", "third-----"];
        foreach (var text in texts)
        {
            await place.PutAsync(Digest.OfText(text).Hex, 10, FileOf(text), default);
            var cached = await cache.BringAsync(Digest.OfText(text).Hex, 10, default);
            File.SetLastWriteTimeUtc(cached, DateTime.UnixEpoch.AddDays(Array.IndexOf(texts, text)));
        }

        Assert.Equal(["second----", "third-----"], Directory.EnumerateFiles(Path.Combine(_folder.FullName, "cache")).Select(File.ReadAllText).Order(StringComparer.Ordinal));
        await cache.BringAsync(Digest.OfText(texts[0]).Hex, 10, default);
        Assert.Equal((0, 4), (cache.Hits, cache.Misses));
    }

    private static async Task AnswerAsync(TcpListener listener, params string[] answers)
    {
        foreach (var answer in answers)
        {
            using var client = await listener.AcceptTcpClientAsync();
            await client.GetStream().ReadAtLeastAsync(new byte[64 * 1024], 1);
            await client.GetStream().WriteAsync(Encoding.ASCII.GetBytes(answer));
        }
    }

    private string FileOf(string text)
    {
        var file = Path.Combine(_folder.FullName, Guid.NewGuid().ToString("N"));
        File.WriteAllText(file, text);
        return file;
    }

    private async Task<HttpStatusCode> AskAsync(HttpMethod method, string path, string? body = null, string token = Token, bool onlyNew = false, int from = 0)
    {
        using var request = new HttpRequestMessage(method, Address + path) { Content = body is null ? null : new ByteArrayContent(Encoding.UTF8.GetBytes(body)) };
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        request.Headers.ExpectContinue = body is not null;
        if (onlyNew)
        {
            request.Headers.IfNoneMatch.Add(EntityTagHeaderValue.Any);
        }

        request.Headers.Range = from > 0 ? new RangeHeaderValue(from, null) : null;
        using var answer = await _http.SendAsync(request);
        return answer.StatusCode;
    }
}
