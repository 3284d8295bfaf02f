using System.Net;
using System.Net.Http.Headers;
using System.Text;
using ScaleMs.Amqp.Tests.Support;
using ScaleMs.Core.Digests;
using ScaleMs.Core.Ports;
using ScaleMs.Launchers.Amqp;

namespace ScaleMs.Amqp.Tests;

/// <summary>What the endpoint answers of records and leads, to those who ask as they should and to those who do not.</summary>
public sealed class EndpointTests : IAsyncLifetime
{
    private const string Token = "0123456789abcdef-token";

    private static readonly string Key = Digest.OfText("key").Hex;
    private static readonly (string, string) New = ("If-None-Match", "*");

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("endpoint");
    private readonly CancellationTokenSource _stop = new();
    private readonly HttpClient _http = new();
    private readonly int _port = RabbitNode.FreePort();
    private BlobServer _server = null!;
    private Task _serving = Task.CompletedTask;

    public ValueTask InitializeAsync()
    {
        _server = new BlobServer(new BlobServerOptions { Listen = $"http://127.0.0.1:{_port}", Directory = _folder.FullName, Token = Token, Lease = TimeSpan.FromHours(1) });
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
    public async Task Record_OfAKey_TheFirstStaysUnlessWhoReplacesItSaysWhat()
    {
        Assert.Equal(HttpStatusCode.NotFound, await AskAsync("GET", EndpointProtocol.Records + Key));
        Assert.Equal(HttpStatusCode.Created, await PutAsync("first", New));
        Assert.Equal(HttpStatusCode.PreconditionFailed, await PutAsync("second", New));
        Assert.Equal(HttpStatusCode.PreconditionFailed, await PutAsync("second"));
        Assert.Equal(HttpStatusCode.PreconditionFailed, await PutAsync("second", ("If-Match", $"\"{Digest.OfText("other").Hex}\"")));
        Assert.Equal("first", await TextAsync());
        Assert.Equal(HttpStatusCode.Created, await PutAsync("second", ("If-Match", $"\"{Digest.OfText("first").Hex}\"")));
        Assert.Equal("second", await TextAsync());
    }

    [Fact]
    public async Task Record_PutByManyAtOnce_IsOne()
    {
        var codes = await Task.WhenAll(Enumerable.Range(0, 16).Select(i => PutAsync($"record {i}", New)));
        Assert.Equal(1, codes.Count(code => code == HttpStatusCode.Created));
        Assert.Equal(15, codes.Count(code => code == HttpStatusCode.PreconditionFailed));
    }

    [Fact]
    public async Task Record_ThatIsNotWhatItsDigestSays_IsNotTaken()
    {
        Assert.Equal(HttpStatusCode.UnprocessableContent, await AskAsync("PUT", EndpointProtocol.Records + Key, "text", New, (EndpointProtocol.DigestHeader, Key)));
        Assert.Equal(HttpStatusCode.UnprocessableContent, await AskAsync("PUT", EndpointProtocol.Records + Key, "text", New));
        Assert.Equal(HttpStatusCode.NotFound, await AskAsync("GET", EndpointProtocol.Records + Key));
    }

    [Fact]
    public async Task Lead_AskedForByManyAtOnce_IsGivenToOne()
    {
        var clients = Enumerable.Range(0, 16).Select(i => i.ToString("x32", null)).ToList();
        foreach (var client in clients)
        {
            Assert.Equal(HttpStatusCode.NoContent, await AskAsync("PUT", EndpointProtocol.Clients + client, $"client {client}"));
        }

        var codes = await Task.WhenAll(clients.Select(client => AskAsync("PUT", EndpointProtocol.Lead + Key, null, (EndpointProtocol.ClientHeader, client))));
        Assert.Equal(1, codes.Count(code => code == HttpStatusCode.Created));
        Assert.Equal(15, codes.Count(code => code == HttpStatusCode.Conflict));
        Assert.Equal(HttpStatusCode.PreconditionRequired, await AskAsync("PUT", EndpointProtocol.Lead + Key, null, (EndpointProtocol.ClientHeader, "nobody")));
        Assert.Equal(HttpStatusCode.NoContent, await AskAsync("DELETE", EndpointProtocol.Leads, Key + "\n", (EndpointProtocol.ClientHeader, "nobody")));
        Assert.Single(_folder.GetDirectories("leads").Single().GetFiles());
    }

    [Theory]
    [InlineData("PUT", "/clients/0123456789abcdef0123456789abcdef", "", HttpStatusCode.BadRequest)]
    [InlineData("PUT", "/clients/0123456789abcdef0123456789abcdef", "two\nlines", HttpStatusCode.BadRequest)]
    [InlineData("PUT", "/clients/0123456789abcdef0123456789abcdef", "red \u001b[31m", HttpStatusCode.BadRequest)]
    [InlineData("PUT", "/clients/../records", "me", HttpStatusCode.NotFound)]
    [InlineData("POST", "/leads", "../../etc/passwd\n", HttpStatusCode.BadRequest)]
    [InlineData("DELETE", "/leads", "../../etc/passwd\n", HttpStatusCode.BadRequest)]
    [InlineData("POST", "/blobs/missing", "../../etc/passwd 12\n", HttpStatusCode.BadRequest)]
    [InlineData("POST", "/blobs/missing", "2cf24dba5fb0a30e26e83b2ac5b9e29e1b161e5c1fa7425e73043362938b9824 -1\n", HttpStatusCode.BadRequest)]
    [InlineData("PATCH", "/leads", "", HttpStatusCode.MethodNotAllowed)]
    public async Task Requests_ThatAreNotAsTheyShould_AreRefused(string method, string path, string body, HttpStatusCode code) =>
        Assert.Equal(code, await AskAsync(method, path, body));

    [Fact]
    public async Task Requests_ThatAreTooLong_AreRefused()
    {
        Assert.Equal(HttpStatusCode.BadRequest, await AskAsync("PUT", "/clients/0123456789abcdef0123456789abcdef", new string('x', EndpointProtocol.LongestName + 1)));
        Assert.Equal(HttpStatusCode.BadRequest, await AskAsync("POST", EndpointProtocol.Leads, string.Concat(Enumerable.Repeat(Key + "\n", 2 * EndpointProtocol.MostLines))));
        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, await PutAsync(new string('x', (int)EndpointProtocol.LongestRecord + 1), New));
    }

    [Theory]
    [InlineData("2")]
    [InlineData("")]
    public async Task Requests_InAnotherVersion_AreRefusedByName(string version)
    {
        using var request = Request("GET", EndpointProtocol.Records + Key, null, Token, version);
        using var answer = await _http.SendAsync(request);
        Assert.Equal(HttpStatusCode.UpgradeRequired, answer.StatusCode);
        Assert.Contains("speaks version 1", await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/records/")]
    [InlineData("/leads/")]
    [InlineData("/leads")]
    [InlineData("/blobs/missing")]
    public async Task Requests_WithoutTheToken_AreNotLetIn(string path)
    {
        using var request = Request("GET", path.EndsWith('/') ? path + Key : path, null, "wrong");
        using var answer = await _http.SendAsync(request);
        Assert.Equal(HttpStatusCode.Unauthorized, answer.StatusCode);
    }

    private static HttpRequestMessage AddTo(HttpRequestMessage request, (string Name, string Value)[] headers)
    {
        Array.ForEach(headers, header => request.Headers.Add(header.Name, header.Value));
        return request;
    }

    private HttpRequestMessage Request(string method, string path, string? body, string token = Token, string version = EndpointProtocol.Version)
    {
        var request = new HttpRequestMessage(new HttpMethod(method), $"http://127.0.0.1:{_port}{path}") { Content = body is null ? null : new ByteArrayContent(Encoding.UTF8.GetBytes(body)) };
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        request.Headers.Add(EndpointProtocol.VersionHeader, version);
        return request;
    }

    private Task<HttpStatusCode> PutAsync(string record, params (string Name, string Value)[] headers) =>
        AskAsync("PUT", EndpointProtocol.Records + Key, record, [.. headers, (EndpointProtocol.DigestHeader, Digest.OfText(record).Hex)]);

    private async Task<HttpStatusCode> AskAsync(string method, string path, string? body = null, params (string Name, string Value)[] headers)
    {
        using var request = AddTo(Request(method, path, body), headers);
        using var answer = await _http.SendAsync(request);
        return answer.StatusCode;
    }

    private async Task<string> TextAsync()
    {
        using var request = Request("GET", EndpointProtocol.Records + Key, null);
        using var answer = await _http.SendAsync(request);
        return await answer.Content.ReadAsStringAsync();
    }
}
