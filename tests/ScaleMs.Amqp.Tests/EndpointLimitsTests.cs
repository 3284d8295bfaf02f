using System.Net;
using System.Net.Http.Headers;
using System.Net.Sockets;
using System.Text;
using ScaleMs.Amqp.Tests.Support;
using ScaleMs.Core.Digests;
using ScaleMs.Core.Ports;
using ScaleMs.Launchers.Amqp;
using ScaleMs.Launchers.Amqp.Blobs;
using ScaleMs.Launchers.Amqp.Endpoint;

namespace ScaleMs.Amqp.Tests;

/// <summary>An endpoint whose clients stand still, come all at once, or serve the same folder; and what it keeps.</summary>
public sealed class EndpointLimitsTests : IDisposable
{
    private const string Token = "0123456789abcdef-token";
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);
    private static readonly string Blob = Digest.OfText("blob").Hex;

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("limits");
    private readonly HttpClient _http = new() { Timeout = Patience };
    private readonly int _port = RabbitNode.FreePort();

    public void Dispose()
    {
        _http.Dispose();
        _folder.Delete(recursive: true);
    }

    [Fact]
    public async Task Client_ThatSendsNothingMore_IsCutOffAndItsPlaceIsAnothers()
    {
        await using var endpoint = Serve(it => it with { MostRequests = 1, Patience = TimeSpan.FromSeconds(1) });
        using var stalled = await RequestAsync($"PUT {EndpointProtocol.Blobs}{Blob} HTTP/1.1", "Content-Length: 100");
        await stalled.SendAsync("too little"u8.ToArray());
        Assert.Equal(HttpStatusCode.NotFound, await AskAsync(EndpointProtocol.Blobs + Blob));
        Assert.StartsWith("HTTP/1.1 408 ", await TextUntilClosedAsync(stalled), StringComparison.Ordinal);
        Assert.Contains(endpoint.Notices, notice => notice.Contains("it kept no pace: too little came or went for 1 s", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Client_ThatTakesNothingMore_IsCutOffAndItsPlaceIsAnothers()
    {
        using (var large = File.Create(Path.Combine(_folder.CreateSubdirectory($"sha256/{Blob[..2]}").FullName, Blob)))
        {
            large.SetLength(256 << 20);
        }

        await using var endpoint = Serve(it => it with { MostRequests = 1, Patience = TimeSpan.FromSeconds(1) });
        using var stalled = await RequestAsync($"GET {EndpointProtocol.Blobs}{Blob} HTTP/1.1");
        Assert.True(await stalled.ReceiveAsync(new byte[10]) > 0);
        Assert.Equal(HttpStatusCode.NotFound, await AskAsync(EndpointProtocol.Blobs + Digest.OfText("other").Hex));
    }

    [Fact]
    public async Task Requests_MoreThanMayWait_AreToldToComeAgain()
    {
        await using var endpoint = Serve(it => it with { MostRequests = 1, MostWaiting = 1, Patience = TimeSpan.FromHours(1) });
        using var first = await RequestAsync($"PUT {EndpointProtocol.Blobs}{Blob} HTTP/1.1", "Content-Length: 100");
        using var second = await RequestAsync($"PUT {EndpointProtocol.Blobs}{Blob} HTTP/1.1", "Content-Length: 100");
        // Each of those that ask is one more.
        await UntilAnsweredAsync(HttpStatusCode.ServiceUnavailable);
        first.Dispose();
        second.Dispose();
        await UntilAnsweredAsync(HttpStatusCode.NotFound);
    }

    [Theory]
    [InlineData(HttpStatusCode.RequestTimeout)]
    [InlineData(HttpStatusCode.ServiceUnavailable)]
    public async Task Client_ThatIsToldToComeAgain_DoesSo(HttpStatusCode first)
    {
        using var listener = new HttpListener { Prefixes = { $"http://127.0.0.1:{_port}/" } };
        listener.Start();
        var asking = new HttpBlobs(new Uri($"http://127.0.0.1:{_port}"), Token).HasAsync(Blob, 4, CancellationToken.None);
        foreach (var code in new[] { first, HttpStatusCode.NotFound })
        {
            var context = await listener.GetContextAsync().WaitAsync(Patience);
            context.Response.StatusCode = (int)code;
            context.Response.Close();
        }

        Assert.False(await asking.WaitAsync(Patience));
    }

    [Fact]
    public async Task Folder_ThatAnotherProcessServes_IsRefusedByNameUntilThatEnds()
    {
        var options = Options();
        await using (var endpoint = Serve(it => it))
        {
            using var second = new BlobServer(options with { Listen = $"http://127.0.0.1:{RabbitNode.FreePort()}" });
            var refused = await Assert.ThrowsAsync<StoreException>(() => second.RunAsync(CancellationToken.None));
            Assert.Contains($"process {Environment.ProcessId} on host '{Environment.MachineName}', at {options.Listen} serves it", refused.Message, StringComparison.Ordinal);
        }

        await using var third = Serve(it => it);
        Assert.Equal(HttpStatusCode.NotFound, await AskAsync(EndpointProtocol.Blobs + Blob));
    }

    [Fact]
    public async Task Server_WhoseAddressAnotherHasOnceItHasStopped_IsDisposedOfAllTheSame()
    {
        using var stop = new CancellationTokenSource();
        using var server = new BlobServer(Options());
        var serving = server.RunAsync(stop.Token);
        Assert.Equal(HttpStatusCode.NotFound, await AskAsync(EndpointProtocol.Blobs + Blob));
        await stop.CancelAsync();
        await serving.WaitAsync(Patience);
        using var other = new TcpListener(IPAddress.Loopback, _port);
        other.Start();
        server.Dispose();
    }

    [Fact]
    public void Server_ThatNeverServed_IsDisposedOfThoughAnotherHasItsAddress()
    {
        using var other = new TcpListener(IPAddress.Loopback, _port);
        other.Start();
        new BlobServer(Options()).Dispose();
    }

    [Fact]
    public async Task Server_DisposedOfWhileItServes_LetsGoOfItsAddress()
    {
        var server = new BlobServer(Options());
        var serving = server.RunAsync(CancellationToken.None);
        server.Dispose();
        using var other = new TcpListener(IPAddress.Loopback, _port);
        other.Start();
        await Assert.ThrowsAsync<ObjectDisposedException>(() => serving.WaitAsync(Patience));
    }

    [Fact]
    public async Task Folder_OnAFullDisk_IsServed()
    {
        File.CreateSymbolicLink(Path.Combine(_folder.FullName, ".served-by"), "/dev/full");
        await using var endpoint = Serve(it => it);
        Assert.Equal(HttpStatusCode.NotFound, await AskAsync(EndpointProtocol.Blobs + Blob));
    }

    [Fact]
    public void Folder_WhoseLockCannotBeMade_IsRefusedForThatReasonAndNobodyIsBlamed()
    {
        FolderClaim.Of(_folder.FullName, "there").Dispose();
        var file = Path.Combine(_folder.FullName, ".serving");
        File.Delete(file);
        Directory.CreateDirectory(file);
        var refused = Assert.Throws<StoreException>(() => FolderClaim.Of(_folder.FullName, "here"));
        Assert.DoesNotContain("serves it", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Collect_RemovesRecordsThatNobodyUsedForLongAndNoOthers()
    {
        var shelf = new RecordShelf(_folder.FullName);
        string[] keys = [.. new[] { "used", "unused", "new" }.Select(text => Digest.OfText(text).Hex)];
        Array.ForEach(keys, key => Assert.True(shelf.Put(key, Encoding.UTF8.GetBytes(key), null)));
        foreach (var file in _folder.GetFiles("*", SearchOption.AllDirectories).Where(file => file.Name != keys[2]))
        {
            file.LastWriteTimeUtc -= TimeSpan.FromDays(31);
        }

        Assert.NotNull(shelf.Read(keys[0]));
        Assert.Equal(1, shelf.Collect(TimeSpan.FromDays(30)));
        Assert.Equal([true, false, true], keys.Select(key => shelf.Read(key) is not null));
        Assert.Equal(0, shelf.Collect(TimeSpan.Zero));
    }

    /// <summary>Each byte gives back a little of the patience, so a slow client ends; one that has sent much at once has no more of it than others.</summary>
    [Fact]
    public async Task Stream_OfASlowSender_GoesOnAndOneThatStandsStillAfterwardsDoesNot()
    {
        using var pipe = new System.IO.Pipes.AnonymousPipeServerStream(System.IO.Pipes.PipeDirection.In);
        using var sender = new System.IO.Pipes.AnonymousPipeClientStream(System.IO.Pipes.PipeDirection.Out, pipe.ClientSafePipeHandle);
        await using var stream = new PacedStream(pipe, TimeSpan.FromSeconds(2));
        var chunk = new byte[16 * 1024];
        for (var i = 0; i < 8; i++)
        {
            var reading = stream.ReadAsync(chunk);
            await Task.Delay(400);
            sender.Write(new byte[1024]);
            Assert.Equal(1024, await reading);
        }

        await Assert.ThrowsAsync<StalledException>(() => stream.ReadExactlyAsync(chunk, 0, 1).AsTask());
    }

    private BlobServerOptions Options() => new() { Listen = $"http://127.0.0.1:{_port}", Directory = _folder.FullName, Token = Token };

    private Endpoint Serve(Func<BlobServerOptions, BlobServerOptions> change) => new(change(Options()));

    private async Task<HttpStatusCode> AskAsync(string path)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, $"http://127.0.0.1:{_port}{path}");
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", Token);
        using var answer = await _http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
        return answer.StatusCode;
    }

    /// <summary>A question that finds the last place to wait is given up and put again.</summary>
    private async Task UntilAnsweredAsync(HttpStatusCode code)
    {
        using var patience = new CancellationTokenSource(Patience);
        for (HttpStatusCode? answer = null; answer != code; patience.Token.ThrowIfCancellationRequested())
        {
            answer = await Task.WhenAny(AskAsync(EndpointProtocol.Blobs + Blob)).WaitAsync(TimeSpan.FromSeconds(2), patience.Token).ContinueWith(asked => asked.IsCompletedSuccessfully ? asked.Result.Result : (HttpStatusCode?)null, TaskScheduler.Default);
        }
    }

    private async Task<Socket> RequestAsync(params string[] lines)
    {
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { ReceiveBufferSize = 4096 };
        await socket.ConnectAsync(IPAddress.Loopback, _port);
        await socket.SendAsync(Encoding.ASCII.GetBytes(string.Join("\r\n", [.. lines, "Host: 127.0.0.1", $"Authorization: Bearer {Token}", "\r\n"])));
        return socket;
    }

    private static async Task<string> TextUntilClosedAsync(Socket socket)
    {
        using var reader = new StreamReader(new NetworkStream(socket));
        return await reader.ReadToEndAsync().WaitAsync(Patience);
    }

    /// <summary>A server that listens.</summary>
    private sealed class Endpoint : IAsyncDisposable
    {
        private readonly CancellationTokenSource _stop = new();
        private readonly BlobServer _server;
        private readonly Task _serving;

        internal Endpoint(BlobServerOptions options)
        {
            _server = new BlobServer(options with { Notice = Notices.Enqueue });
            _serving = _server.RunAsync(_stop.Token);
        }

        internal System.Collections.Concurrent.ConcurrentQueue<string> Notices { get; } = new();

        public async ValueTask DisposeAsync()
        {
            await _stop.CancelAsync();
            await _serving;
            _server.Dispose();
            _stop.Dispose();
        }
    }
}
