using System.Globalization;
using System.Net;
using System.Text;
using ScaleMs.Core.Ports;

namespace ScaleMs.Launchers.Amqp.Endpoint;

/// <summary>What the endpoint says of leads and of those who have them.</summary>
internal sealed class LeadAnswers(LeadTable leads)
{
    /// <summary>Of one lead.</summary>
    internal Task AnswerAsync(Exchange exchange, string key)
    {
        if (exchange.Request.HttpMethod != "PUT")
        {
            return exchange.SayAsync(HttpStatusCode.MethodNotAllowed, "PUT is known");
        }

        var (isKnown, leader) = leads.Take(key, exchange.Client);
        return !isKnown ? exchange.SayAsync(HttpStatusCode.PreconditionRequired, $"say first who you are: PUT {EndpointProtocol.Clients}")
            : leader is null ? exchange.SayAsync(HttpStatusCode.Created, string.Empty)
            : exchange.SayAsync(HttpStatusCode.Conflict, leader);
    }

    /// <summary>Of many leads.</summary>
    internal async Task AnswerManyAsync(Exchange exchange)
    {
        if (exchange.Request.HttpMethod is not ("POST" or "DELETE"))
        {
            await exchange.SayAsync(HttpStatusCode.MethodNotAllowed, "POST and DELETE are known").ConfigureAwait(false);
        }
        else if (await exchange.ReadLinesAsync().ConfigureAwait(false) is not { } keys || !Array.TrueForAll(keys, EndpointName.IsKey))
        {
            await exchange.SayAsync(HttpStatusCode.BadRequest, $"give at most {EndpointProtocol.MostLines} lines with 64 small hexadecimal digits each").ConfigureAwait(false);
        }
        else if (exchange.Request.HttpMethod == "DELETE")
        {
            leads.Release(keys, exchange.Client);
            await exchange.SayAsync(HttpStatusCode.NoContent, string.Empty).ConfigureAwait(false);
        }
        else
        {
            await exchange.SayAsync(HttpStatusCode.OK, string.Concat(leads.LedByOthers(keys, exchange.Client).Select(led => $"{led.Key} {led.Leader}\n"))).ConfigureAwait(false);
        }
    }

    /// <summary>Of a client.</summary>
    internal Task AnswerOfClientAsync(Exchange exchange, string id)
    {
        switch (exchange.Request.HttpMethod)
        {
            case "PUT":
                return RenewAsync(exchange, id);
            case "DELETE":
                leads.Leave(id);
                return exchange.SayAsync(HttpStatusCode.NoContent, string.Empty);
            default:
                return exchange.SayAsync(HttpStatusCode.MethodNotAllowed, "PUT and DELETE are known");
        }
    }

    private async Task RenewAsync(Exchange exchange, string id)
    {
        var who = await exchange.ReadAsync(4 * EndpointProtocol.LongestName).ConfigureAwait(false) is { } body ? Encoding.UTF8.GetString(body) : string.Empty;
        if (who.Length is 0 or > EndpointProtocol.LongestName || who.Any(char.IsControl))
        {
            await exchange.SayAsync(HttpStatusCode.BadRequest, $"say who you are in at most {EndpointProtocol.LongestName} characters, on one line").ConfigureAwait(false);
            return;
        }

        leads.Renew(id, who);
        exchange.Response.AddHeader(EndpointProtocol.LeaseHeader, leads.Lease.TotalSeconds.ToString(CultureInfo.InvariantCulture));
        await exchange.SayAsync(HttpStatusCode.NoContent, string.Empty).ConfigureAwait(false);
    }
}
