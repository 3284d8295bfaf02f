using System.Collections.Concurrent;
using System.Text;
using ScaleMs.Core.Digests;

namespace ScaleMs.Launchers.Ssh;

/// <summary>Programs of this machine that attempts need elsewhere: sent once for each content, and kept in the folders in which they are here, because programs find their parts by their places.</summary>
internal sealed class ShippedFolders
{
    private readonly ConcurrentDictionary<string, Lazy<Task<string>>> _sent = new(StringComparer.Ordinal);

    /// <summary>Sees to it that folders and files are there.</summary>
    /// <param name="paths">Their absolute paths here.</param>
    /// <param name="tree">Lists them.</param>
    /// <param name="queue">Sends them.</param>
    /// <param name="cancellation">Ends the wait.</param>
    /// <returns>The folder there, below the scratch folder, in which they stand with their whole paths.</returns>
    internal async Task<string> ShipAsync(IReadOnlyList<string> paths, LocalTree tree, ShipmentQueue queue, CancellationToken cancellation)
    {
        if (paths.Count == 0)
        {
            return string.Empty;
        }

        var key = string.Join('\0', paths);
        var sending = _sent.GetOrAdd(key, _ => new Lazy<Task<string>>(() => SendAsync(paths, tree, queue)));
        try
        {
            return await sending.Value.WaitAsync(cancellation).ConfigureAwait(false);
        }
        catch (Exception) when (sending.Value.IsFaulted)
        {
            _sent.TryRemove(new KeyValuePair<string, Lazy<Task<string>>>(key, sending)); // the next attempt tries again
            throw;
        }
    }

    private static async Task<string> SendAsync(IReadOnlyList<string> paths, LocalTree tree, ShipmentQueue queue)
    {
        var entries = new List<ShippedEntry>();
        foreach (var path in paths)
        {
            entries.AddRange(Parents(path).Select(folder => new ShippedEntry.Folder(folder)));
            if (Directory.Exists(path))
            {
                entries.Add(new ShippedEntry.Folder(path.Trim('/')));
                await tree.ListAsync(path, path.Trim('/'), entries, CancellationToken.None).ConfigureAwait(false);
            }
            else
            {
                entries.Add(await tree.FileAsync(path, path.Trim('/'), CancellationToken.None).ConfigureAwait(false));
            }
        }

        var distinct = entries.DistinctBy(entry => entry.Path).ToList();
        var root = $"folders/{Name(distinct)}";
        if (!await queue.HasAsync(root).ConfigureAwait(false))
        {
            await queue.SendAsync(new Shipment(root, distinct) { IsRenamed = true }).ConfigureAwait(false);
        }

        return root;
    }

    private static IEnumerable<string> Parents(string path)
    {
        var words = path.Trim('/').Split('/');
        return Enumerable.Range(1, words.Length - 1).Select(count => string.Join('/', words[..count]));
    }

    private static string Name(IEnumerable<ShippedEntry> entries)
    {
        var text = new StringBuilder();
        foreach (var entry in entries)
        {
            text.Append(entry switch
            {
                ShippedEntry.Blob blob => $"b {blob.Digest.Hex} {(blob.IsExecutable ? 'x' : '-')} {blob.Path}",
                ShippedEntry.Private file => $"p {Digest.Of(file.Bytes).Hex} {file.Path}",
                ShippedEntry.Link link => $"l {link.Path}\0{link.Target}",
                _ => $"d {entry.Path}",
            }).Append('\0');
        }

        return Digest.OfText(text.ToString()).Hex[..32];
    }
}
