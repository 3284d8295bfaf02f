using System.Globalization;
using System.Net;
using System.Security.Cryptography;
using System.Text;

namespace ScaleMs.Launchers.Amqp.Blobs;

/// <summary>One request to the blob endpoint.</summary>
internal sealed class BlobRequest(BlobServerOptions options, HttpListenerContext context)
{
    private const string Prefix = "/blobs/sha256/";
    private const string Scheme = "Bearer ";
    private const long MostDrained = 64L << 20;

    private readonly DirectoryBlobs _blobs = new(options.Directory);

    internal async Task AnswerAsync()
    {
        using var response = context.Response;
        if (!IsLetIn())
        {
            await SayAsync(HttpStatusCode.Unauthorized, "the token is missing or wrong").ConfigureAwait(false);
            return;
        }

        // The text as it was sent: nothing was decoded or normalised before it is judged.
        var path = context.Request.RawUrl ?? string.Empty;
        var digest = path.StartsWith(Prefix, StringComparison.Ordinal) ? path[Prefix.Length..] : string.Empty;
        if (!BlobName.IsOne(digest))
        {
            await SayAsync(HttpStatusCode.NotFound, $"there is only {Prefix} and 64 small hexadecimal digits").ConfigureAwait(false);
            return;
        }

        await AnswerAsync(digest).ConfigureAwait(false);
    }

    private Task AnswerAsync(string digest) => context.Request.HttpMethod switch
    {
        "GET" => GiveAsync(digest, withBody: true),
        "HEAD" => GiveAsync(digest, withBody: false),
        "PUT" => TakeAsync(digest),
        _ => SayAsync(HttpStatusCode.MethodNotAllowed, "GET, HEAD and PUT are known"),
    };

    /// <summary>Compared by digests, in the same time whatever is shown.</summary>
    private bool IsLetIn()
    {
        var shown = context.Request.Headers["Authorization"] ?? string.Empty;
        return shown.StartsWith(Scheme, StringComparison.Ordinal) && CryptographicOperations.FixedTimeEquals(
            SHA256.HashData(Encoding.UTF8.GetBytes(shown[Scheme.Length..])), SHA256.HashData(Encoding.UTF8.GetBytes(options.Token)));
    }

    private async Task GiveAsync(string digest, bool withBody)
    {
        if (_blobs.Find(digest) is not { } file)
        {
            await SayAsync(HttpStatusCode.NotFound, "there is no such blob").ConfigureAwait(false);
            return;
        }

        var from = RangeStart(file.Length);
        context.Response.ContentType = "application/octet-stream";
        context.Response.StatusCode = (int)(from > 0 ? HttpStatusCode.PartialContent : HttpStatusCode.OK);
        if (from > 0)
        {
            context.Response.AddHeader("Content-Range", string.Create(CultureInfo.InvariantCulture, $"bytes {from}-{file.Length - 1}/{file.Length}"));
        }

        context.Response.ContentLength64 = file.Length - from;
        if (withBody)
        {
            await using var source = file.OpenRead();
            source.Seek(from, SeekOrigin.Begin);
            await source.CopyToAsync(context.Response.OutputStream).ConfigureAwait(false);
        }
    }

    /// <summary>Reads what was sent and is not taken, within bounds: a connection that is closed on a sender loses the answer.</summary>
    private async Task DrainAsync()
    {
        var chunk = new byte[64 * 1024];
        var left = MostDrained;
        for (int count; left > 0 && (count = await context.Request.InputStream.ReadAsync(chunk).ConfigureAwait(false)) > 0; left -= count)
        {
            // Dropped.
        }
    }

    /// <summary>Only <c>bytes=N-</c> is asked for by our clients; anything else gets the whole.</summary>
    private long RangeStart(long length) =>
        context.Request.Headers["Range"] is { } range && range.StartsWith("bytes=", StringComparison.Ordinal) && range.EndsWith('-')
        && long.TryParse(range.AsSpan(6, range.Length - 7), NumberStyles.None, CultureInfo.InvariantCulture, out var from) && from < length ? from : 0;

    private async Task TakeAsync(string digest)
    {
        var bytes = context.Request.ContentLength64;
        if (bytes < 0)
        {
            await SayAsync(HttpStatusCode.LengthRequired, "say the length").ConfigureAwait(false);
        }
        else if (bytes > options.MostBytes)
        {
            await SayAsync(HttpStatusCode.RequestEntityTooLarge, $"{bytes} bytes, and at most {options.MostBytes} are taken").ConfigureAwait(false);
        }
        else if (context.Request.Headers["If-None-Match"] == "*" && _blobs.Find(digest) is not null)
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
            await _blobs.PutAsync(digest, bytes, context.Request.InputStream, CancellationToken.None).ConfigureAwait(false);
            await SayAsync(HttpStatusCode.Created, string.Empty).ConfigureAwait(false);
        }
        catch (BlobException trouble) when (trouble.InnerException is IOException or UnauthorizedAccessException)
        {
            options.Notice(trouble.Message);
            await SayAsync(HttpStatusCode.InsufficientStorage, "it cannot be stored").ConfigureAwait(false);
        }
        catch (BlobException trouble)
        {
            options.Notice($"{context.Request.RemoteEndPoint} sent what is not taken: {trouble.Message}");
            await SayAsync(HttpStatusCode.UnprocessableContent, trouble.Message).ConfigureAwait(false);
        }
    }

    private async Task SayAsync(HttpStatusCode code, string text)
    {
        await DrainAsync().ConfigureAwait(false);
        context.Response.StatusCode = (int)code;
        context.Response.ContentType = "text/plain";
        var bytes = context.Request.HttpMethod == "HEAD" ? [] : Encoding.UTF8.GetBytes(text);
        context.Response.ContentLength64 = bytes.Length;
        await context.Response.OutputStream.WriteAsync(bytes).ConfigureAwait(false);
    }
}
