using System.Net;
using ScaleMs.Core.Ports;

namespace ScaleMs.Launchers.Amqp.Endpoint;

/// <summary>What the endpoint says of records.</summary>
internal sealed class RecordAnswers(RecordShelf records, Action<string> notice)
{
    internal Task AnswerAsync(Exchange exchange, string key) => exchange.Request.HttpMethod switch
    {
        "GET" => GiveAsync(exchange, key),
        "PUT" => TakeAsync(exchange, key),
        _ => exchange.SayAsync(HttpStatusCode.MethodNotAllowed, "GET and PUT are known"),
    };

    private Task GiveAsync(Exchange exchange, string key)
    {
        if (records.Read(key) is not { } record)
        {
            return exchange.SayAsync(HttpStatusCode.NotFound, "there is no such record");
        }

        exchange.Response.ContentType = "application/octet-stream";
        return exchange.SayAsync(HttpStatusCode.OK, record);
    }

    private async Task TakeAsync(Exchange exchange, string key)
    {
        if (await exchange.ReadAsync(EndpointProtocol.LongestRecord).ConfigureAwait(false) is not { } record)
        {
            await exchange.SayAsync(HttpStatusCode.RequestEntityTooLarge, $"a record has a length, of at most {EndpointProtocol.LongestRecord} bytes").ConfigureAwait(false);
        }
        else if (exchange.Header(EndpointProtocol.DigestHeader) != RecordShelf.DigestOf(record))
        {
            notice($"{exchange.Request.RemoteEndPoint} sent a record that is not what its digest says");
            await exchange.SayAsync(HttpStatusCode.UnprocessableContent, "the record is not what its digest says").ConfigureAwait(false);
        }
        else
        {
            await TakeAsync(exchange, key, record).ConfigureAwait(false);
        }
    }

    private Task TakeAsync(Exchange exchange, string key, byte[] record)
    {
        var replaces = exchange.Header("If-Match").Trim('"');
        try
        {
            return records.Put(key, record, replaces.Length == 0 ? null : replaces)
                ? exchange.SayAsync(HttpStatusCode.Created, string.Empty)
                : exchange.SayAsync(HttpStatusCode.PreconditionFailed, "another record is there");
        }
        catch (Exception trouble) when (trouble is IOException or UnauthorizedAccessException)
        {
            notice($"a record cannot be stored: {trouble.Message}");
            return exchange.SayAsync(HttpStatusCode.InsufficientStorage, "it cannot be stored");
        }
    }
}
