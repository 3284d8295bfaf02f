using System.Collections.Concurrent;
using System.Security.Cryptography;
using ScaleMs.Core.Digests;
using ScaleMs.Launchers.Remote;

namespace ScaleMs.Launchers.Ssh;

/// <summary>Lists folders of this machine for shipping: links that lead out are followed, files get their digests.</summary>
internal sealed class LocalTree
{
    private const int MostRemembered = 100_000;
    private const int DeepestFolder = 200;
    private const UnixFileMode Others = (UnixFileMode)0x3F;
    private const UnixFileMode Executable = UnixFileMode.UserExecute | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute;

    /// <summary>A file that was written a moment ago may be written again without looking different.</summary>
    private static readonly TimeSpan Fresh = TimeSpan.FromSeconds(2);

    private readonly ConcurrentDictionary<string, (long Bytes, DateTime Written, Digest Digest)> _digests = new(StringComparer.Ordinal);

    /// <summary>Lists what is below a folder.</summary>
    /// <param name="folder">The folder.</param>
    /// <param name="name">What it is called there; empty for what stands at the top.</param>
    /// <param name="entries">Takes the entries, folders first.</param>
    /// <param name="cancellation">Gives up.</param>
    internal async Task ListAsync(string folder, string name, List<ShippedEntry> entries, CancellationToken cancellation) =>
        await ListAsync(new DirectoryInfo(folder), new DirectoryInfo(folder).FullName, name, entries, 0, cancellation).ConfigureAwait(false);

    /// <summary>A file with its digest.</summary>
    internal async Task<ShippedEntry> FileAsync(string path, string name, CancellationToken cancellation)
    {
        var file = new FileInfo(path);
        var target = file.ResolveLinkTarget(returnFinalTarget: true) as FileInfo ?? file;
        var mode = OperatingSystem.IsWindows() ? Others : File.GetUnixFileMode(target.FullName);
        return (mode & Others) == 0 && file.LinkTarget is null
            ? new ShippedEntry.Private(name, await File.ReadAllBytesAsync(path, cancellation).ConfigureAwait(false))
            : new ShippedEntry.Blob(name, target.FullName, target.Length, await DigestAsync(target, cancellation).ConfigureAwait(false), (mode & Executable) != 0);
    }

    private async Task ListAsync(DirectoryInfo folder, string top, string name, List<ShippedEntry> entries, int depth, CancellationToken cancellation)
    {
        if (depth > DeepestFolder)
        {
            throw new SiteException($"'{folder.FullName}' is too deep to be sent: do links lead in a circle?");
        }

        foreach (var entry in folder.EnumerateFileSystemInfos().OrderBy(entry => entry.Name, StringComparer.Ordinal))
        {
            var path = name.Length == 0 ? entry.Name : $"{name}/{entry.Name}";
            if (StaysInside(entry, top))
            {
                entries.Add(new ShippedEntry.Link(path, entry.LinkTarget!));
            }
            else if (Directory.Exists(entry.FullName))
            {
                entries.Add(new ShippedEntry.Folder(path));
                await ListAsync(new DirectoryInfo(entry.FullName), top, path, entries, depth + 1, cancellation).ConfigureAwait(false);
            }
            else
            {
                entries.Add(await FileAsync(entry.FullName, path, cancellation).ConfigureAwait(false));
            }
        }
    }

    private static bool StaysInside(FileSystemInfo entry, string top) => entry.LinkTarget is { Length: > 0 } target && !Path.IsPathRooted(target)
        && Path.GetFullPath(target, Path.GetDirectoryName(entry.FullName)!).StartsWith(top + "/", StringComparison.Ordinal);

    private async Task<Digest> DigestAsync(FileInfo file, CancellationToken cancellation)
    {
        if (_digests.TryGetValue(file.FullName, out var known) && known.Bytes == file.Length && known.Written == file.LastWriteTimeUtc)
        {
            return known.Digest;
        }

        await using var stream = new FileStream(file.FullName, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, bufferSize: 0, useAsync: true);
        var digest = new Digest(await SHA256.HashDataAsync(stream, cancellation).ConfigureAwait(false));
        if (file.LastWriteTimeUtc < DateTime.UtcNow - Fresh && _digests.Count < MostRemembered)
        {
            _digests[file.FullName] = (file.Length, file.LastWriteTimeUtc, digest);
        }

        return digest;
    }
}
