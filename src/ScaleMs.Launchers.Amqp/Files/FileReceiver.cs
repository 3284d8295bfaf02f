using ScaleMs.Core.Digests;
using ScaleMs.Core.Model;
using ScaleMs.Launchers.Amqp.Blobs;
using ScaleMs.Launchers.Amqp.Protocol;
using ScaleMs.Launchers.Native;

namespace ScaleMs.Launchers.Amqp.Files;

/// <summary>Makes files out of the entries of a message. Nothing that an entry says leads out of the directory, and no byte is taken unchecked.</summary>
/// <param name="fetch">Brings a blob into a new file, checked.</param>
/// <param name="mostBytes">The largest file that is taken.</param>
internal sealed class FileReceiver(Func<string, long, string, CancellationToken, Task> fetch, long mostBytes)
{
    private const UnixFileMode Plain = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead | UnixFileMode.OtherRead;
    private const UnixFileMode Program = Plain | UnixFileMode.UserExecute | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute;

    /// <exception cref="BlobException">An entry is not to be believed, or its blob is not there.</exception>
    internal async Task<IReadOnlyList<FileEntry>> EntriesAsync(FileList list, string scratch, CancellationToken cancellation)
    {
        if (list.Digest.Length == 0)
        {
            return WithoutGaps(list.Entries ?? []);
        }

        var file = Path.Combine(scratch, $"{Guid.NewGuid():N}.list");
        try
        {
            Allow(list.Bytes, "a list of files");
            await fetch(list.Digest, list.Bytes, file, cancellation).ConfigureAwait(false);
            return WithoutGaps(Wire.Files(await File.ReadAllBytesAsync(file, cancellation).ConfigureAwait(false)));
        }
        catch (System.Text.Json.JsonException trouble)
        {
            throw new BlobException($"a list of files cannot be read: {trouble.Message}", trouble);
        }
        finally
        {
            File.Delete(file);
        }
    }

    /// <summary>Brings all; links last, so that no file is written through one.</summary>
    internal async Task BringAsync(string directory, IReadOnlyList<FileEntry> entries, CancellationToken cancellation)
    {
        var links = new List<(string Target, string Link)>();
        foreach (var entry in entries)
        {
            var path = PathOf(entry.Path);
            if (entry.Kind == FileKind.Link)
            {
                links.Add((TargetOf(directory, path), LinkOf(path, entry.Link)));
                continue;
            }

            await BringAsync(TargetOf(directory, path), entry, cancellation).ConfigureAwait(false);
        }

        foreach (var (target, link) in links)
        {
            Directory.CreateDirectory(Path.GetDirectoryName(target)!);
            File.Delete(target);
            File.CreateSymbolicLink(target, link);
        }
    }

    internal async Task BringAsync(string target, FileEntry entry, CancellationToken cancellation)
    {
        if (entry.Kind == FileKind.Directory)
        {
            Directory.CreateDirectory(target);
            return;
        }

        Directory.CreateDirectory(Path.GetDirectoryName(target)!);
        var coming = target + ".coming";
        File.Delete(coming);
        await FillAsync(coming, entry, cancellation).ConfigureAwait(false);
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(coming, entry.IsExecutable ? Program : Plain);
        }

        File.Move(coming, target, overwrite: true);
    }

    internal static ArtifactPath PathOf(string text) =>
        ArtifactPath.TryParse(text, out var path, out var problem) ? path : throw new BlobException($"a file is called '{(text.Length > 200 ? text[..200] : text)}', which {problem}");

    /// <summary>The reader of JSON looks at members, not at elements.</summary>
    private static IReadOnlyList<FileEntry> WithoutGaps(IReadOnlyList<FileEntry?> entries) =>
        entries.Contains(null) ? throw new BlobException("a list of files has a gap") : (IReadOnlyList<FileEntry>)entries;

    /// <summary>What travelled inside the message, checked.</summary>
    internal byte[] ContentOf(FileEntry entry)
    {
        Allow(entry.Bytes, $"'{entry.Path}'");
        return entry.Content is { } content && content.Length == entry.Bytes && Digest.Of(content).Hex == entry.Digest ? content : throw new BlobException($"'{entry.Path}' has other bytes than its digest says");
    }

    private async Task FillAsync(string file, FileEntry entry, CancellationToken cancellation)
    {
        Allow(entry.Bytes, $"'{entry.Path}'");
        if (entry.Content is null)
        {
            await fetch(BlobName.Checked(entry.Digest), entry.Bytes, file, cancellation).ConfigureAwait(false);
            return;
        }

        FreshFile.Write(file, ContentOf(entry));
    }

    private void Allow(long bytes, string what)
    {
        if (bytes < 0 || bytes > mostBytes)
        {
            throw new BlobException($"{what} has {bytes} bytes, and at most {mostBytes} are taken");
        }
    }

    private static string TargetOf(string directory, ArtifactPath path)
    {
        for (var above = path.Directory; above.Length > 0; above = above.LastIndexOf('/') is var slash and >= 0 ? above[..slash] : string.Empty)
        {
            if (new FileInfo(Path.Combine(directory, above)).LinkTarget is not null)
            {
                throw new BlobException($"'{path.Value}' would be written through the link '{above}'");
            }
        }

        return Path.Combine(directory, path.Value);
    }

    private static string LinkOf(ArtifactPath path, string? link)
    {
        const string top = "/top/";
        var leads = link is null || link.StartsWith('/') ? string.Empty : Path.GetFullPath(top + (path.Directory.Length > 0 ? path.Directory + "/" : string.Empty) + link);
        var depth = path.Value.Count(one => one == '/');
        return link is not null && leads.StartsWith(top, StringComparison.Ordinal) && link.Split('/').Count(part => part == "..") <= depth
            ? link
            : throw new BlobException($"'{path.Value}' is a link to '{link}', which leads outside");
    }
}
