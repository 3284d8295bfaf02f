using ScaleMs.Core.Digests;
using ScaleMs.Core.Ports;
using ScaleMs.Launchers.Amqp.Blobs;
using ScaleMs.Launchers.Amqp.Client;
using ScaleMs.Launchers.Sites;
using ScaleMs.Launchers.Sites.Doctor;

namespace ScaleMs.Launchers.Amqp.Doctor;

/// <summary>Whether the place for blobs takes bytes: a directory that is written here, or an endpoint that knows our token.</summary>
internal sealed class BlobCheck(AmqpProfile farm, Func<string, string?> variable) : IDoctorCheck
{
    private const string Check = "blobs";

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    /// <inheritdoc/>
    public async Task<IReadOnlyList<Finding>> RunAsync(CancellationToken cancellation)
    {
        using var time = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        time.CancelAfter(Patience);
        try
        {
            var place = HomePath.Of(farm.Blobs, variable);
            await BlobPlace.Open(place, variable(EndpointProtocol.TokenVariable) ?? string.Empty).ProveAsync(Digest.OfText(Guid.NewGuid().ToString("N")).Hex, time.Token).ConfigureAwait(false);
            return [Finding.Ok(string.Empty, Check, $"'{place}' takes bytes")];
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            return [Finding.Fail(string.Empty, Check, $"'{farm.Blobs}' does not answer", "is it this address, and does a firewall let you there?")];
        }
        catch (Exception trouble) when (trouble is BlobException or ArgumentException)
        {
            return [Finding.Fail(string.Empty, Check, trouble.Message, Path.IsPathRooted(farm.Blobs) ? "make it writable, on a file system that workers see under the same path" : "start 'scalems blobs' there, and set the token and the address that it has")];
        }
    }
}
