namespace ScaleMs.Launchers.Amqp.Blobs;

/// <summary>What both sides of the blob endpoint know.</summary>
internal static class BlobEndpoint
{
    /// <summary>The variable with the token that the endpoint asks for.</summary>
    internal const string TokenVariable = "SCALEMS_BLOB_TOKEN";
}
