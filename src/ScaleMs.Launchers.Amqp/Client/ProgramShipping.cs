using System.Collections.Concurrent;
using ScaleMs.Core.Digests;
using ScaleMs.Launchers.Amqp.Blobs;
using ScaleMs.Launchers.Amqp.Files;
using ScaleMs.Launchers.Amqp.Protocol;

namespace ScaleMs.Launchers.Amqp.Client;

/// <summary>Puts programs into the blob place, each set once in the client's life, as the list of its files.</summary>
internal sealed class ProgramShipping(IBlobPlace place)
{
    private readonly ConcurrentDictionary<string, Lazy<Task<ProgramsMessage>>> _sent = new(StringComparer.Ordinal);

    /// <summary>A blob was missing somewhere: everything is looked at again, and sent where it is not there.</summary>
    internal void Forget() => _sent.Clear();

    internal async Task<ProgramsMessage?> SendAsync(IReadOnlyList<string> paths, string scratch, CancellationToken cancellation)
    {
        if (paths.Count == 0)
        {
            return null;
        }

        var set = string.Join('\n', paths);
        var sending = _sent.GetOrAdd(set, _ => new Lazy<Task<ProgramsMessage>>(() => SendAsync(paths, scratch)));
        try
        {
            return await sending.Value.WaitAsync(cancellation).ConfigureAwait(false);
        }
        catch (Exception trouble) when (trouble is BlobException or IOException or UnauthorizedAccessException)
        {
            _sent.TryRemove(KeyValuePair.Create(set, sending));
            throw;
        }
    }

    private async Task<ProgramsMessage> SendAsync(IReadOnlyList<string> paths, string scratch)
    {
        var sender = new FileSender(place, scratch) { MayInline = false, FollowsLinks = true };
        var entries = new List<FileEntry>();
        foreach (var path in paths.Select(path => path.TrimEnd('/')).Order(StringComparer.Ordinal))
        {
            var name = path.TrimStart('/');
            if (Directory.Exists(path))
            {
                entries.AddRange(await sender.SendTreeAsync(path, name + "/", CancellationToken.None).ConfigureAwait(false));
            }
            else
            {
                entries.Add(await sender.SendAsync(path, name, CancellationToken.None).ConfigureAwait(false));
            }
        }

        var list = await sender.ListAsync(entries, CancellationToken.None).ConfigureAwait(false);
        return new ProgramsMessage(paths, Digest.Of(Wire.Bytes(entries)).Hex, list);
    }
}
