namespace ScaleMs.Core.Ports;

/// <summary>What the endpoint for blobs, records and leads and those who ask it agree on.</summary>
/// <remarks>All names in addresses are 64 small hexadecimal digits (a blob's digest, an action's key) or 32 (a client).</remarks>
public static class EndpointProtocol
{
    /// <summary>The version of all that is said here. Only requests for single blobs may leave it out.</summary>
    public const string Version = "1";

    /// <summary>The variable with the token that the endpoint asks for.</summary>
    public const string TokenVariable = "SCALEMS_BLOB_TOKEN";

    /// <summary>Says <see cref="Version"/>.</summary>
    public const string VersionHeader = "Scalems-Version";

    /// <summary>Says which client asks: what it made up itself and tells nobody else.</summary>
    public const string ClientHeader = "Scalems-Client";

    /// <summary>The answer's: for how many seconds a client leads without being heard of.</summary>
    public const string LeaseHeader = "Scalems-Lease-Seconds";

    /// <summary>The SHA-256 of a record that is sent.</summary>
    public const string DigestHeader = "Scalems-Digest";

    /// <summary>Before a blob's digest: <c>GET</c>, <c>HEAD</c>, <c>PUT</c>.</summary>
    public const string Blobs = "/blobs/sha256/";

    /// <summary><c>POST</c> of lines with a digest and a length: answers those that are not there.</summary>
    public const string MissingBlobs = "/blobs/missing";

    /// <summary>Before an action's key: <c>GET</c>, and <c>PUT</c> with <c>If-None-Match: *</c> or with <c>If-Match</c> and the digest of what is replaced.</summary>
    public const string Records = "/records/";

    /// <summary>Before an action's key: <c>PUT</c> to lead.</summary>
    public const string Lead = "/leads/";

    /// <summary><c>POST</c> of lines with keys: answers those that others lead, with their names. <c>DELETE</c> of lines with keys: leads them no more.</summary>
    public const string Leads = "/leads";

    /// <summary>Before a client's name: <c>PUT</c> of who it is, which also renews all its leads; <c>DELETE</c> when it goes.</summary>
    public const string Clients = "/clients/";

    /// <summary>So many lines are in one request at most.</summary>
    public const int MostLines = 1000;

    /// <summary>The longest record, in bytes.</summary>
    public const long LongestRecord = 64 << 20;

    /// <summary>The longest name of a client, in characters.</summary>
    public const int LongestName = 200;
}
