using System.Net;
using System.Security.Cryptography;
using System.Text;
using ScaleMs.Core.Ports;
using ScaleMs.Launchers.Amqp.Blobs;

namespace ScaleMs.Launchers.Amqp.Endpoint;

/// <summary>One request to the endpoint: who is let in, and what it is about.</summary>
internal sealed class EndpointRequest(BlobServerOptions options, EndpointParts parts, HttpListenerContext context)
{
    private const string Scheme = "Bearer ";

    private readonly Exchange _exchange = new(context, options.Patience);

    internal async Task AnswerAsync()
    {
        await (IsLetIn() ? AnswerAsync(_exchange.Path) : _exchange.TurnAwayAsync("the token is missing or wrong")).ConfigureAwait(false);
        // Disposing it would end the connection, on which the next request may be coming.
        _exchange.Response.Close();
    }

    private Task AnswerAsync(string path)
    {
        if (path.After(EndpointProtocol.Blobs) is var digest && EndpointName.IsKey(digest))
        {
            return new BlobAnswers(options, _exchange).AnswerAsync(digest);
        }

        var version = _exchange.Header(EndpointProtocol.VersionHeader);
        return (OfMany(path) ?? OfOne(path)) is not { } answer
            ? _exchange.SayAsync(HttpStatusCode.NotFound, $"there is only {EndpointProtocol.Blobs}, {EndpointProtocol.Records} and {EndpointProtocol.Lead} with 64 small hexadecimal digits")
            : version == EndpointProtocol.Version ? answer()
            : _exchange.SayAsync(HttpStatusCode.UpgradeRequired, $"this endpoint speaks version {EndpointProtocol.Version}, and the request says {(version.Length == 0 ? "none" : "another")}");
    }

    private Func<Task>? OfMany(string path) => path switch
    {
        EndpointProtocol.MissingBlobs => () => new BlobAnswers(options, _exchange).AnswerMissingAsync(),
        EndpointProtocol.Leads => () => new LeadAnswers(parts.Leads).AnswerManyAsync(_exchange),
        _ => null,
    };

    private Func<Task>? OfOne(string path) =>
        path.After(EndpointProtocol.Records) is var record && EndpointName.IsKey(record) ? () => new RecordAnswers(parts.Records, options.Notice).AnswerAsync(_exchange, record)
        : path.After(EndpointProtocol.Lead) is var lead && EndpointName.IsKey(lead) ? () => new LeadAnswers(parts.Leads).AnswerAsync(_exchange, lead)
        : path.After(EndpointProtocol.Clients) is var client && EndpointName.IsClient(client) ? () => new LeadAnswers(parts.Leads).AnswerOfClientAsync(_exchange, client)
        : null;

    /// <summary>Compared by digests, in the same time whatever is shown.</summary>
    private bool IsLetIn()
    {
        var shown = _exchange.Header("Authorization");
        return shown.StartsWith(Scheme, StringComparison.Ordinal) && CryptographicOperations.FixedTimeEquals(
            SHA256.HashData(Encoding.UTF8.GetBytes(shown[Scheme.Length..])), SHA256.HashData(Encoding.UTF8.GetBytes(options.Token)));
    }
}
