using System.Diagnostics.CodeAnalysis;
using System.Net.Http.Headers;
using System.Net.Sockets;
using System.Net;
using ScaleMs.Core.Ports;

namespace ScaleMs.Launchers.Amqp.Blobs;

/// <summary>Blobs behind our HTTP endpoint. A transfer that breaks is taken up where it ended.</summary>
[SuppressMessage("Design", "CA1001:Types that own disposable fields should be disposable", Justification = "It lives as long as its process, and connections that nobody uses are closed by themselves.")]
internal sealed class HttpBlobs : IBlobPlace
{
    private const int Tries = 6;
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(200);

    private readonly HttpClient _client;
    private readonly Uri _address;

    internal HttpBlobs(Uri address, string token)
    {
        if (token.Length == 0)
        {
            throw new ArgumentException($"the blob endpoint {address} asks for a token: set {EndpointProtocol.TokenVariable}");
        }

        _address = new Uri(address.AbsoluteUri.TrimEnd('/') + EndpointProtocol.Blobs);
        _client = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false, MaxConnectionsPerServer = 16, PooledConnectionLifetime = TimeSpan.FromMinutes(10) })
        {
            Timeout = Timeout.InfiniteTimeSpan,
        };
        _client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
    }

    /// <inheritdoc/>
    public Task<bool> HasAsync(string digest, long bytes, CancellationToken cancellation) => TryAsync(digest, async () =>
    {
        using var answer = await SendAsync(new HttpRequestMessage(HttpMethod.Head, PlaceOf(digest)), cancellation).ConfigureAwait(false);
        return answer.StatusCode == HttpStatusCode.OK ? answer.Content.Headers.ContentLength == bytes
            : answer.StatusCode == HttpStatusCode.NotFound ? false
            : throw Refused(digest, answer);
    }, cancellation);

    /// <inheritdoc/>
    public async Task PutAsync(string digest, long bytes, string file, CancellationToken cancellation)
    {
        if (!await HasAsync(digest, bytes, cancellation).ConfigureAwait(false))
        {
            await TryAsync(digest, () => SendAsync(digest, bytes, file, cancellation), cancellation).ConfigureAwait(false);
        }
    }

    /// <inheritdoc/>
    public async Task GetAsync(string digest, long bytes, string file, CancellationToken cancellation)
    {
        var coming = $"{file}.{Guid.NewGuid():N}.part";
        try
        {
            await File.WriteAllBytesAsync(coming, [], cancellation).ConfigureAwait(false);
            await TryAsync(digest, () => AppendAsync(digest, bytes, coming, cancellation), cancellation).ConfigureAwait(false);
            var (found, length) = await CheckedCopy.HashAsync(coming, cancellation).ConfigureAwait(false);
            if (found != digest || length != bytes)
            {
                throw new BlobException($"blob {BlobName.Brief(digest)} came with other bytes: {length} of {bytes}, and their digest is {BlobName.Brief(found)}");
            }

            File.Move(coming, file, overwrite: true);
        }
        finally
        {
            File.Delete(coming);
        }
    }

    /// <inheritdoc/>
    /// <remarks>Bytes that are not what the name says are written there before they are refused.</remarks>
    public Task ProveAsync(string name, CancellationToken cancellation) => TryAsync(name, async () =>
    {
        using var content = new StringContent(name);
        using var request = new HttpRequestMessage(HttpMethod.Put, PlaceOf(name)) { Content = content };
        using var answer = await SendAsync(request, cancellation).ConfigureAwait(false);
        return answer.StatusCode == HttpStatusCode.UnprocessableContent ? true : throw Refused(name, answer);
    }, cancellation);

    private async Task<bool> SendAsync(string digest, long bytes, string file, CancellationToken cancellation)
    {
        await using var source = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, bufferSize: 0);
        var content = new StreamContent(source, 128 * 1024);
        content.Headers.ContentLength = bytes;
        using var request = new HttpRequestMessage(HttpMethod.Put, PlaceOf(digest)) { Content = content };
        request.Headers.IfNoneMatch.Add(EntityTagHeaderValue.Any);
        using var answer = await SendAsync(request, cancellation).ConfigureAwait(false);
        return answer.StatusCode is HttpStatusCode.Created or HttpStatusCode.PreconditionFailed ? true : throw Refused(digest, answer);
    }

    /// <summary>Appends what is missing; stops at one byte too many.</summary>
    private async Task<bool> AppendAsync(string digest, long bytes, string coming, CancellationToken cancellation)
    {
        await using var target = new FileStream(coming, FileMode.Open, FileAccess.Write, FileShare.Read, bufferSize: 0);
        target.Seek(0, SeekOrigin.End);
        using var request = new HttpRequestMessage(HttpMethod.Get, PlaceOf(digest));
        if (target.Position > 0)
        {
            request.Headers.Range = new RangeHeaderValue(target.Position, null);
        }

        using var answer = await SendAsync(request, cancellation).ConfigureAwait(false);
        if (answer.StatusCode == HttpStatusCode.OK)
        {
            target.SetLength(0);
        }
        else if (answer.StatusCode != HttpStatusCode.PartialContent)
        {
            throw Refused(digest, answer);
        }

        await using var source = await answer.Content.ReadAsStreamAsync(cancellation).ConfigureAwait(false);
        var chunk = new byte[128 * 1024];
        for (int count; target.Position <= bytes && (count = await source.ReadAsync(chunk, cancellation).ConfigureAwait(false)) > 0;)
        {
            await target.WriteAsync(chunk.AsMemory(0, count), cancellation).ConfigureAwait(false);
        }

        return true;
    }

    private async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellation)
    {
        var answer = await _client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellation).ConfigureAwait(false);
        if (answer.StatusCode is not (HttpStatusCode.ServiceUnavailable or HttpStatusCode.RequestTimeout))
        {
            return answer;
        }

        answer.Dispose();
        throw new HttpRequestException(answer.StatusCode == HttpStatusCode.RequestTimeout ? "it waited too long for what this machine sent" : "it has too much to do");
    }

    private async Task<T> TryAsync<T>(string digest, Func<Task<T>> work, CancellationToken cancellation)
    {
        for (var tries = 1; ; tries++)
        {
            try
            {
                return await work().ConfigureAwait(false);
            }
            catch (Exception trouble) when (trouble is HttpRequestException or HttpIOException or IOException { InnerException: SocketException })
            {
                if (tries == Tries)
                {
                    throw new BlobException($"blob {BlobName.Brief(digest)}: the endpoint {_address.GetLeftPart(UriPartial.Authority)} cannot be reached, or does not take so many bytes: {trouble.Message}", trouble);
                }

                await Task.Delay(Pause * (1 << tries), cancellation).ConfigureAwait(false);
            }
        }
    }

    /// <summary>What the endpoint says is told, shortened: it is ours, but who knows.</summary>
    private BlobException Refused(string digest, HttpResponseMessage answer) => new(
        $"blob {BlobName.Brief(digest)}: the endpoint {_address.GetLeftPart(UriPartial.Authority)} answers {(int)answer.StatusCode}"
        + (answer.StatusCode == HttpStatusCode.Unauthorized ? $": the token in {EndpointProtocol.TokenVariable} is not its token" : answer.StatusCode == HttpStatusCode.RequestEntityTooLarge ? ": it is larger than the endpoint takes" : string.Empty));

    private Uri PlaceOf(string digest) => new(_address, BlobName.Checked(digest));
}
