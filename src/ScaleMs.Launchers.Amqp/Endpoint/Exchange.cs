using System.Net;
using System.Text;
using ScaleMs.Core.Ports;

namespace ScaleMs.Launchers.Amqp.Endpoint;

/// <summary>A request to the endpoint and its answer, whatever they are about.</summary>
internal sealed class Exchange(HttpListenerContext context, TimeSpan patience)
{
    private const long MostDrained = 64L << 20;

    /// <summary>A digest, a blank, a length and an end of line.</summary>
    private const int LongestLine = 88;

    internal HttpListenerRequest Request => context.Request;

    internal HttpListenerResponse Response => context.Response;

    /// <summary>What the client sends.</summary>
    internal PacedStream Sent { get; } = new(context.Request.InputStream, patience);

    /// <summary>The text as it was sent: nothing was decoded or normalised before it is judged.</summary>
    internal string Path => Request.RawUrl ?? string.Empty;

    internal string Client => Header(EndpointProtocol.ClientHeader);

    internal string Header(string name) => Request.Headers[name] ?? string.Empty;

    /// <summary>What the client is given. To be called when status and headers are said.</summary>
    internal PacedStream Given() => new(Response.OutputStream, patience);

    /// <summary>Reads a small body.</summary>
    /// <returns>Null where it is longer than may be, or its length is not said.</returns>
    internal async Task<byte[]?> ReadAsync(long most)
    {
        if (Request.ContentLength64 < 0 || Request.ContentLength64 > most)
        {
            return null;
        }

        var body = new byte[Request.ContentLength64];
        var count = await Sent.ReadAtLeastAsync(body, body.Length, throwOnEndOfStream: false).ConfigureAwait(false);
        return count == body.Length ? body : null;
    }

    /// <summary>Reads a body of lines.</summary>
    /// <returns>Null where there are more than may be.</returns>
    internal async Task<string[]?> ReadLinesAsync() =>
        await ReadAsync(EndpointProtocol.MostLines * LongestLine).ConfigureAwait(false) is { } body
            ? Encoding.ASCII.GetString(body).Split('\n', StringSplitOptions.RemoveEmptyEntries)
            : null;

    internal Task SayAsync(HttpStatusCode code, string text) => SayAsync(code, Encoding.UTF8.GetBytes(text));

    internal async Task SayAsync(HttpStatusCode code, byte[] content)
    {
        await DrainAsync().ConfigureAwait(false);
        await AnswerAsync(code, content).ConfigureAwait(false);
    }

    /// <summary>Sends somebody away who is not let in: nothing is waited for that such a one may send.</summary>
    internal Task TurnAwayAsync(string text) => AnswerAsync(HttpStatusCode.Unauthorized, Encoding.UTF8.GetBytes(text));

    private async Task AnswerAsync(HttpStatusCode code, byte[] content)
    {
        var body = Request.HttpMethod == "HEAD" || code == HttpStatusCode.NoContent ? [] : content;
        Response.StatusCode = (int)code;
        Response.ContentType ??= "text/plain";
        Response.ContentLength64 = body.Length;
        await Given().WriteAsync(body).ConfigureAwait(false);
    }

    /// <summary>Reads what was sent and is not taken, within bounds: a connection that is closed on a sender loses the answer.</summary>
    private async Task DrainAsync()
    {
        var chunk = new byte[64 * 1024];
        var left = MostDrained;
        for (int count; Request.HasEntityBody && left > 0 && (count = await Sent.ReadAsync(chunk).ConfigureAwait(false)) > 0; left -= count)
        {
            // Dropped.
        }
    }
}
