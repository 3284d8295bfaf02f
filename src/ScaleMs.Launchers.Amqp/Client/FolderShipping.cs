using System.Collections.Concurrent;
using ScaleMs.Core.Digests;
using ScaleMs.Launchers.Amqp.Blobs;
using ScaleMs.Launchers.Amqp.Files;
using ScaleMs.Launchers.Amqp.Protocol;

namespace ScaleMs.Launchers.Amqp.Client;

/// <summary>Puts the folders of programs into the blob place, each once in the client's life, as the list of its files.</summary>
internal sealed class FolderShipping(IBlobPlace place)
{
    private readonly ConcurrentDictionary<string, Lazy<Task<FolderMessage>>> _folders = new(StringComparer.Ordinal);

    internal async Task<IReadOnlyList<FolderMessage>> SendAsync(IReadOnlyList<string> folders, string scratch, CancellationToken cancellation)
    {
        var sent = new List<FolderMessage>(folders.Count);
        foreach (var folder in folders)
        {
            var sending = _folders.GetOrAdd(folder, _ => new Lazy<Task<FolderMessage>>(() => SendAsync(folder, scratch)));
            try
            {
                sent.Add(await sending.Value.WaitAsync(cancellation).ConfigureAwait(false));
            }
            catch (Exception trouble) when (trouble is BlobException or IOException or UnauthorizedAccessException)
            {
                _folders.TryRemove(KeyValuePair.Create(folder, sending));
                throw;
            }
        }

        return sent;
    }

    private async Task<FolderMessage> SendAsync(string folder, string scratch)
    {
        var sender = new FileSender(place, scratch) { MayInline = false };
        var entries = await sender.SendTreeAsync(folder, string.Empty, CancellationToken.None).ConfigureAwait(false);
        var digest = Digest.Of(Wire.Bytes(entries)).Hex;
        return new FolderMessage(folder, digest, await sender.ListAsync(entries, CancellationToken.None).ConfigureAwait(false));
    }
}
