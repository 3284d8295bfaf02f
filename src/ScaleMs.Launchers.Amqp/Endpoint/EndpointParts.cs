namespace ScaleMs.Launchers.Amqp.Endpoint;

/// <summary>What all requests to an endpoint have in common.</summary>
/// <param name="Records">The records.</param>
/// <param name="Leads">Who makes what.</param>
internal sealed record EndpointParts(RecordShelf Records, LeadTable Leads)
{
    internal static EndpointParts Of(BlobServerOptions options) => new(
        new RecordShelf(Path.Combine(options.Directory, "records")),
        new LeadTable(new LeadFiles(Path.Combine(options.Directory, "leads"), options.Notice), options.Lease, options.Clock));
}
