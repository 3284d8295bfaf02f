using System.Net.Sockets;

namespace ScaleMs.Launchers.Sites.Doctor;

/// <summary>Whether the place for blobs can be used: a directory that is written here, or an address that accepts connections.</summary>
/// <param name="amqp">The profile's section.</param>
internal sealed class BlobCheck(AmqpProfile amqp) : IDoctorCheck
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(15);

    /// <inheritdoc/>
    public async Task<IReadOnlyList<Finding>> RunAsync(CancellationToken cancellation) => [amqp.Blobs switch
    {
        "" => Finding.Ok(string.Empty, "blobs", "none are kept apart: workers see the workspace"),
        ['/' or '~' or '$', ..] folder => OfFolder(folder),
        var address => await OfAddressAsync(new Uri(address), cancellation).ConfigureAwait(false),
    }];

    private static Finding OfFolder(string folder)
    {
        var file = Path.Combine(folder, $".scalems-doctor-{Guid.NewGuid():N}");
        try
        {
            File.WriteAllText(file, string.Empty);
            File.Delete(file);
            return Finding.Ok(string.Empty, "blobs", $"'{folder}' is writable");
        }
        catch (Exception trouble) when (trouble is IOException or UnauthorizedAccessException)
        {
            return Finding.Fail(string.Empty, "blobs", $"'{folder}' cannot be written: {trouble.Message}", "make it, on a file system that workers see under the same path");
        }
    }

    private static async Task<Finding> OfAddressAsync(Uri address, CancellationToken cancellation)
    {
        using var time = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        time.CancelAfter(Patience);
        try
        {
            using var client = new TcpClient();
            await client.ConnectAsync(address.Host, address.Port, time.Token).ConfigureAwait(false);
            return Finding.Ok(string.Empty, "blobs", $"{address.Host}:{address.Port} accepts connections");
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            return Finding.Fail(string.Empty, "blobs", $"{address.Host}:{address.Port} does not answer", "is it this address, and does a firewall let you there?");
        }
        catch (SocketException trouble)
        {
            return Finding.Fail(string.Empty, "blobs", $"{address.Host}:{address.Port} cannot be reached: {trouble.Message}", "start the blob endpoint, or correct the address");
        }
    }
}
