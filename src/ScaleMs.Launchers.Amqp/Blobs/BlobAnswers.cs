using System.Globalization;
using System.Net;
using ScaleMs.Core.Ports;
using ScaleMs.Launchers.Amqp.Endpoint;

namespace ScaleMs.Launchers.Amqp.Blobs;

/// <summary>What the endpoint says of blobs.</summary>
internal sealed class BlobAnswers(BlobServerOptions options, Exchange exchange)
{
    private readonly DirectoryBlobs _blobs = new(options.Directory);

    internal Task AnswerAsync(string digest) => exchange.Request.HttpMethod switch
    {
        "GET" => GiveAsync(digest, withBody: true),
        "HEAD" => GiveAsync(digest, withBody: false),
        "PUT" => TakeAsync(digest),
        _ => SayAsync(HttpStatusCode.MethodNotAllowed, "GET, HEAD and PUT are known"),
    };

    /// <summary>Tells which of many are not there.</summary>
    internal async Task AnswerMissingAsync()
    {
        if (exchange.Request.HttpMethod != "POST")
        {
            await SayAsync(HttpStatusCode.MethodNotAllowed, "POST is known").ConfigureAwait(false);
        }
        else if (await exchange.ReadLinesAsync().ConfigureAwait(false) is not { } lines || !Array.TrueForAll(lines, IsAsked))
        {
            await SayAsync(HttpStatusCode.BadRequest, $"give at most {EndpointProtocol.MostLines} lines with a digest of 64 small hexadecimal digits and a length each").ConfigureAwait(false);
        }
        else
        {
            await SayAsync(HttpStatusCode.OK, string.Concat(lines.Where(line => !IsThere(line)).Select(line => line.Split(' ')[0] + "\n"))).ConfigureAwait(false);
        }
    }

    private static bool IsAsked(string line) => line.Split(' ') is [var digest, var length] && BlobName.IsOne(digest) && long.TryParse(length, NumberStyles.None, CultureInfo.InvariantCulture, out _);

    private bool IsThere(string line) => line.Split(' ') is [var digest, var length]
        && _blobs.Find(digest) is { } file && file.Length == long.Parse(length, NumberStyles.None, CultureInfo.InvariantCulture);

    private Task SayAsync(HttpStatusCode code, string text) => exchange.SayAsync(code, text);

    private async Task GiveAsync(string digest, bool withBody)
    {
        if (_blobs.Find(digest) is not { } file)
        {
            await SayAsync(HttpStatusCode.NotFound, "there is no such blob").ConfigureAwait(false);
            return;
        }

        var from = RangeStart(file.Length);
        exchange.Response.ContentType = "application/octet-stream";
        exchange.Response.StatusCode = (int)(from > 0 ? HttpStatusCode.PartialContent : HttpStatusCode.OK);
        if (from > 0)
        {
            exchange.Response.AddHeader("Content-Range", string.Create(CultureInfo.InvariantCulture, $"bytes {from}-{file.Length - 1}/{file.Length}"));
        }

        exchange.Response.ContentLength64 = file.Length - from;
        if (withBody)
        {
            await using var source = file.OpenRead();
            source.Seek(from, SeekOrigin.Begin);
            await source.CopyToAsync(exchange.Given()).ConfigureAwait(false);
        }
    }

    /// <summary>Only <c>bytes=N-</c> is asked for by our clients; anything else gets the whole.</summary>
    private long RangeStart(long length) =>
        exchange.Request.Headers["Range"] is { } range && range.StartsWith("bytes=", StringComparison.Ordinal) && range.EndsWith('-')
        && long.TryParse(range.AsSpan(6, range.Length - 7), NumberStyles.None, CultureInfo.InvariantCulture, out var from) && from < length ? from : 0;

    private async Task TakeAsync(string digest)
    {
        var bytes = exchange.Request.ContentLength64;
        if (bytes < 0)
        {
            await SayAsync(HttpStatusCode.LengthRequired, "say the length").ConfigureAwait(false);
        }
        else if (bytes > options.MostBytes)
        {
            await SayAsync(HttpStatusCode.RequestEntityTooLarge, $"{bytes} bytes, and at most {options.MostBytes} are taken").ConfigureAwait(false);
        }
        else if (exchange.Request.Headers["If-None-Match"] == "*" && _blobs.Find(digest)?.Length == bytes)
        {
            await SayAsync(HttpStatusCode.PreconditionFailed, "it is there").ConfigureAwait(false);
        }
        else
        {
            await TakeAsync(digest, bytes).ConfigureAwait(false);
        }
    }

    private async Task TakeAsync(string digest, long bytes)
    {
        try
        {
            await _blobs.PutAsync(digest, bytes, exchange.Sent, CancellationToken.None).ConfigureAwait(false);
            await SayAsync(HttpStatusCode.Created, string.Empty).ConfigureAwait(false);
        }
        catch (BlobException trouble) when (trouble.InnerException is IOException or UnauthorizedAccessException)
        {
            options.Notice(trouble.Message);
            await SayAsync(HttpStatusCode.InsufficientStorage, "it cannot be stored").ConfigureAwait(false);
        }
        catch (BlobException trouble)
        {
            options.Notice($"{exchange.Request.RemoteEndPoint} sent what is not taken: {trouble.Message}");
            await SayAsync(HttpStatusCode.UnprocessableContent, trouble.Message).ConfigureAwait(false);
        }
    }
}
