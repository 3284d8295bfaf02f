using System.Net;
using System.Net.Sockets;
using ScaleMs.Core.Digests;
using ScaleMs.Store.Cache;
using ScaleMs.Store.Cache.Endpoint;
using Xunit;

namespace ScaleMs.Store.Tests.Cache;

/// <summary>Bytes that are read from an endpoint which gives them only in part, or not at all.</summary>
public sealed class EndpointReadingTests : IDisposable
{
    private static readonly Digest Hello = Digest.OfText("hello");

    private readonly HttpListener _listener = new();
    private readonly string _address = $"http://127.0.0.1:{FreePort()}/";

    public EndpointReadingTests()
    {
        _listener.Prefixes.Add(_address);
        _listener.Start();
    }

    public void Dispose() => _listener.Close();

    [Fact]
    public async Task Path_OfWhatIsNotGiven_IsNoneHoweverOftenItIsAskedFor()
    {
        var answering = AnswerAsync(4, context => context.Response.StatusCode = context.Request.HttpMethod == "HEAD" ? 200 : 404);
        using var session = Session();
        Assert.Null(session.PathOf(Hello));
        Assert.Null(session.PathOf(Hello));
        await answering;
    }

    [Fact]
    public async Task Path_OfWhatBreaksOff_HasTheWholeWhereOnlyTheWholeIsGiven()
    {
        var given = 0;
        var answering = AnswerAsync(3, context =>
        {
            if (context.Request.HttpMethod == "GET")
            {
                context.Response.ContentLength64 = 5;
                context.Response.OutputStream.Write("hello"u8[..(given == 0 ? 3 : 5)]);
                if (given++ == 0)
                {
                    context.Response.Abort();
                }
            }
        });
        using var session = Session();
        Assert.Equal("hello", File.ReadAllText(session.PathOf(Hello)!));
        await answering;
    }

    [Theory]
    [InlineData(HttpStatusCode.RequestTimeout)]
    [InlineData(HttpStatusCode.ServiceUnavailable)]
    public async Task Question_ThatIsToBeAskedAgain_IsAskedAgain(HttpStatusCode first)
    {
        var given = 0;
        var answering = AnswerAsync(2, context => context.Response.StatusCode = given++ == 0 ? (int)first : 201);
        using var client = new EndpointClient(_address, "token");
        Assert.Equal(HttpStatusCode.Created, client.Ask(HttpMethod.Put, "/lead", "text"u8.ToArray()).Code);
        await answering;
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    private EndpointSession Session() => new(new CacheOptions { Place = _address, Token = "token", IsReadOnly = true }, _ => { });

    private async Task AnswerAsync(int count, Action<HttpListenerContext> answer)
    {
        for (var i = 0; i < count; i++)
        {
            var context = await _listener.GetContextAsync();
            answer(context);
            context.Response.Close();
        }
    }
}
