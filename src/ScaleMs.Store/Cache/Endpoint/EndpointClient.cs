using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Sockets;
using ScaleMs.Core.Ports;

namespace ScaleMs.Store.Cache.Endpoint;

/// <summary>Asks an endpoint, and asks again when it does not answer.</summary>
/// <remarks>Thread-safe. An endpoint that stays away, or refuses this client, is told by <see cref="EndpointAwayException"/>.</remarks>
internal sealed class EndpointClient : IDisposable
{
    /// <summary>Long enough for an endpoint that is started again.</summary>
    private static readonly TimeSpan[] Pauses = [.. new[] { 200, 600, 1500, 3000 }.Select(pause => TimeSpan.FromMilliseconds(pause))];

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly HttpClient _client;
    private readonly string _address;

    /// <param name="address">Where the endpoint is.</param>
    /// <param name="token">What it wants to be shown.</param>
    public EndpointClient(string address, string token)
    {
        _address = address.TrimEnd('/');
        _client = new HttpClient(new SocketsHttpHandler
        {
            AllowAutoRedirect = false,
            MaxConnectionsPerServer = 16,
            ConnectTimeout = TimeSpan.FromSeconds(5),
            PooledConnectionLifetime = TimeSpan.FromMinutes(10),
        })
        {
            Timeout = Timeout.InfiniteTimeSpan,
        };
        _client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
        _client.DefaultRequestHeaders.Add(EndpointProtocol.VersionHeader, EndpointProtocol.Version);
    }

    /// <summary>Asks something small.</summary>
    /// <param name="method">What to do.</param>
    /// <param name="path">With what.</param>
    /// <param name="body">What is sent.</param>
    /// <param name="headers">What is said beside it.</param>
    /// <param name="isPatient">Whether to ask again and again, not only where a connection was broken.</param>
    public EndpointAnswer Ask(HttpMethod method, string path, byte[]? body = null, (string Name, string Value)[]? headers = null, bool isPatient = true) => Try(
        async () =>
        {
            using var request = Request(method, path, body is null ? null : new ByteArrayContent(body), headers ?? []);
            using var patience = new CancellationTokenSource(Patience);
            using var answer = await SendAsync(request, HttpCompletionOption.ResponseContentRead, patience.Token).ConfigureAwait(false);
            return new EndpointAnswer(answer.StatusCode, await answer.Content.ReadAsByteArrayAsync(patience.Token).ConfigureAwait(false), LeaseIn(answer));
        },
        isPatient);

    /// <summary>Sends a file.</summary>
    public HttpStatusCode Send(string path, string file, (string Name, string Value)[] headers) => Try(async () =>
    {
        using var patience = new CancellationTokenSource(Patience);
        await using var source = new PatientStream(new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, bufferSize: 0), patience, Patience);
        using var request = Request(HttpMethod.Put, path, new StreamContent(source, 128 * 1024), headers);
        request.Content!.Headers.ContentLength = source.Length;
        using var answer = await SendAsync(request, HttpCompletionOption.ResponseHeadersRead, patience.Token).ConfigureAwait(false);
        return answer.StatusCode;
    });

    /// <summary>Receives a file, and goes on where it broke off.</summary>
    /// <param name="path">What.</param>
    /// <param name="file">Where it comes to lie.</param>
    /// <param name="most">How many bytes are taken.</param>
    /// <returns>Whether it was there.</returns>
    public bool Receive(string path, string file, long most) => Try(async () =>
    {
        using var patience = new CancellationTokenSource(Patience);
        await using var target = new FileStream(file, FileMode.OpenOrCreate, FileAccess.Write, FileShare.Read, bufferSize: 0);
        target.Seek(0, SeekOrigin.End);
        using var request = Request(HttpMethod.Get, path, null, []);
        request.Headers.Range = target.Position > 0 ? new RangeHeaderValue(target.Position, null) : null;
        using var answer = await SendAsync(request, HttpCompletionOption.ResponseHeadersRead, patience.Token).ConfigureAwait(false);
        if (answer.StatusCode == HttpStatusCode.OK)
        {
            target.SetLength(0);
        }

        if (!answer.IsSuccessStatusCode)
        {
            return false;
        }

        await using var source = new PatientStream(await answer.Content.ReadAsStreamAsync(patience.Token).ConfigureAwait(false), patience, Patience);
        var chunk = new byte[128 * 1024];
        for (int count; target.Position <= most && (count = await source.ReadAsync(chunk, patience.Token).ConfigureAwait(false)) > 0;)
        {
            await target.WriteAsync(chunk.AsMemory(0, count), patience.Token).ConfigureAwait(false);
        }

        return true;
    });

    public void Dispose() => _client.Dispose();

    private static TimeSpan? LeaseIn(HttpResponseMessage answer) =>
        answer.Headers.TryGetValues(EndpointProtocol.LeaseHeader, out var told) && double.TryParse(told.First(), NumberStyles.Float, CultureInfo.InvariantCulture, out var seconds) && seconds is > 0 and < 1e6
            ? TimeSpan.FromSeconds(seconds)
            : null;

    private HttpRequestMessage Request(HttpMethod method, string path, HttpContent? content, (string Name, string Value)[] headers)
    {
        var request = new HttpRequestMessage(method, _address + path) { Content = content };
        foreach (var (name, value) in headers)
        {
            request.Headers.Add(name, value);
        }

        return request;
    }

    private async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, HttpCompletionOption completion, CancellationToken patience)
    {
        var answer = await _client.SendAsync(request, completion, patience).ConfigureAwait(false);
        var why = answer.StatusCode switch
        {
            HttpStatusCode.Unauthorized => $"the token in {EndpointProtocol.TokenVariable} is not its token",
            HttpStatusCode.UpgradeRequired => $"it does not speak version {EndpointProtocol.Version} of the protocol: use one version of scalems on both sides",
            HttpStatusCode.BadRequest or HttpStatusCode.MethodNotAllowed or >= HttpStatusCode.Ambiguous and < HttpStatusCode.BadRequest => $"it answers {(int)answer.StatusCode}, as no such endpoint does",
            _ => null,
        };
        if (why is not null)
        {
            answer.Dispose();
            throw new EndpointAwayException(why);
        }

        // A client that was suspended while it sent is cut off, and sends again.
        return answer.StatusCode is HttpStatusCode.RequestTimeout or >= HttpStatusCode.InternalServerError and not HttpStatusCode.InsufficientStorage
            ? throw new HttpRequestException($"it answers {(int)answer.StatusCode}")
            : answer;
    }

    private static T Try<T>(Func<Task<T>> work, bool isPatient = true)
    {
        for (var tries = 0; ; tries++)
        {
            try
            {
                return work().GetAwaiter().GetResult();
            }
            catch (Exception trouble) when (trouble is HttpRequestException or HttpIOException or IOException { InnerException: SocketException } or OperationCanceledException)
            {
                if (tries == Pauses.Length || (!isPatient && (tries > 0 || trouble is OperationCanceledException)))
                {
                    throw new EndpointAwayException(trouble is OperationCanceledException ? $"no answer within {Patience.TotalSeconds:0} s" : trouble.Message, trouble);
                }

                Thread.Sleep(Pauses[tries]);
            }
        }
    }
}
