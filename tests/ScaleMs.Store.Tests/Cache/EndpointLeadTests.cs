using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using ScaleMs.Core.Keys;
using ScaleMs.Core.Ports;
using ScaleMs.Store.Cache.Endpoint;
using ScaleMs.Store.Tests.Support;

namespace ScaleMs.Store.Tests.Cache;

/// <summary>Leads that are given back to an endpoint which is slow to hear of it.</summary>
public sealed class EndpointLeadTests : IDisposable
{
    private readonly HttpListener _listener = new();
    private readonly string _address = $"http://127.0.0.1:{FreePort()}/";
    private readonly ConcurrentQueue<string> _asked = new();
    private readonly SemaphoreSlim _isReleasing = new(0);
    private readonly TaskCompletionSource _mayRelease = new();
    private readonly Task _serving;

    public EndpointLeadTests()
    {
        _listener.Prefixes.Add(_address);
        _listener.Start();
        _serving = ServeAsync();
    }

    public void Dispose()
    {
        _mayRelease.TrySetResult();
        _listener.Close();
        _isReleasing.Dispose();
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public async Task Take_OfWhatIsBeingGivenBack_IsAskedForAfterItsReleaseAndNoReleaseFollows(int key)
    {
        using var client = new EndpointClient(_address, "token");
        using var leads = new EndpointLeads(client, "me", TimeProvider.System);
        Assert.Null(leads.Take(Sample.Key(1)));
        Assert.Null(leads.Take(Sample.Key(2)));
        leads.GiveUp(Sample.Key(1));
        Assert.True(await _isReleasing.WaitAsync(TimeSpan.FromSeconds(60)));
        // The second one is given back while the first one's release is on its way.
        leads.GiveUp(Sample.Key(2));
        var taking = Task.Factory.StartNew(() => leads.Take(Sample.Key(key)), TaskCreationOptions.LongRunning);
        _mayRelease.SetResult();
        Assert.Null(await taking.WaitAsync(TimeSpan.FromSeconds(60)));
        leads.GiveUp(Sample.Key(3 - key));
        leads.Renew();
        Assert.StartsWith("PUT", _asked.Last(asked => asked.Contains(HexOf(key), StringComparison.Ordinal)), StringComparison.Ordinal);
        Assert.False(_serving.IsFaulted);
    }

    private static string HexOf(int key) => Sample.Key(key).Digest.Hex;

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    private async Task ServeAsync()
    {
        try
        {
            for (; ;)
            {
                _ = AnswerAsync(await _listener.GetContextAsync());
            }
        }
        catch (Exception closed) when (closed is HttpListenerException or ObjectDisposedException)
        {
            // The test is over.
        }
    }

    private async Task AnswerAsync(HttpListenerContext context)
    {
        using var body = new StreamReader(context.Request.InputStream);
        var asked = $"{context.Request.HttpMethod} {context.Request.RawUrl} {await body.ReadToEndAsync()}";
        if (context.Request.HttpMethod == "DELETE" && context.Request.RawUrl == EndpointProtocol.Leads)
        {
            _isReleasing.Release();
            await _mayRelease.Task;
        }

        _asked.Enqueue(asked);
        context.Response.StatusCode = asked.StartsWith("PUT " + EndpointProtocol.Lead, StringComparison.Ordinal) ? 201 : 204;
        context.Response.Close();
    }
}
