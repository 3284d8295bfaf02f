using System.Net;
using System.Text;

namespace ScaleMs.Store.Cache.Endpoint;

/// <summary>What the endpoint answered.</summary>
/// <param name="Code">How it went.</param>
/// <param name="Body">What it said.</param>
/// <param name="Lease">For how long a client leads without being heard of, where it was told.</param>
internal sealed record EndpointAnswer(HttpStatusCode Code, byte[] Body, TimeSpan? Lease)
{
    /// <summary>What it said as lines.</summary>
    public string[] Lines => Encoding.UTF8.GetString(Body).Split('\n', StringSplitOptions.RemoveEmptyEntries);
}
