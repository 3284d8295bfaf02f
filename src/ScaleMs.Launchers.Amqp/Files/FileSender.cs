using ScaleMs.Launchers.Amqp.Blobs;
using ScaleMs.Launchers.Amqp.Protocol;

namespace ScaleMs.Launchers.Amqp.Files;

/// <summary>Makes entries of one message out of files: small ones inside, others as blobs that are there before the message is.</summary>
internal sealed class FileSender(IBlobPlace place, string scratch)
{
    /// <summary>So few that their text cannot be too long, whatever they are called.</summary>
    private const int FewEntries = 100;

    private const UnixFileMode AnyExecute = UnixFileMode.UserExecute | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute;

    private int _inlineLeft = Wire.MostInlineTogether;

    /// <summary>Whether small files travel inside the message; what is sent again and again does not, and its list is a blob too.</summary>
    internal bool MayInline { get; init; } = true;

    internal async Task<FileEntry> SendAsync(string file, string path, CancellationToken cancellation)
    {
        var length = new FileInfo(file).Length;
        if (MayInline && length <= Wire.MostInlineBytes && length <= _inlineLeft)
        {
            var content = File.ReadAllBytes(file); // so few that no other thread need do it
            _inlineLeft -= content.Length;
            return new FileEntry { Path = path, Bytes = content.Length, Content = content, Digest = Core.Digests.Digest.Of(content).Hex, IsExecutable = IsExecutable(file) };
        }

        var (digest, bytes) = await CheckedCopy.HashAsync(file, cancellation).ConfigureAwait(false);
        await place.PutAsync(digest, bytes, file, cancellation).ConfigureAwait(false);
        return new FileEntry { Path = path, Bytes = bytes, Digest = digest, IsExecutable = IsExecutable(file) };
    }

    /// <summary>Everything below a directory, which is walked without following links of directories.</summary>
    internal async Task<List<FileEntry>> SendTreeAsync(string directory, string prefix, CancellationToken cancellation)
    {
        var entries = new List<FileEntry>();
        foreach (var one in new DirectoryInfo(directory).EnumerateFileSystemInfos("*", Everything).OrderBy(one => one.FullName, StringComparer.Ordinal))
        {
            var path = prefix + Path.GetRelativePath(directory, one.FullName);
            if (one.LinkTarget is { } target && (one is DirectoryInfo || !IsFile(one) || (!FollowsLinks && StaysInside(directory, one.FullName, target))))
            {
                entries.Add(new FileEntry { Path = path, Kind = FileKind.Link, Link = target });
            }
            else if (one is DirectoryInfo)
            {
                entries.Add(new FileEntry { Path = path, Kind = FileKind.Directory });
            }
            else if (IsFile(one))
            {
                entries.Add(await SendAsync(one.FullName, path, cancellation).ConfigureAwait(false));
            }
        }

        return entries;
    }

    /// <summary>A long list becomes a blob of its own.</summary>
    internal async Task<FileList> ListAsync(IReadOnlyList<FileEntry> entries, CancellationToken cancellation)
    {
        var text = MayInline && entries.Count < FewEntries ? [] : Wire.Bytes(entries);
        if (MayInline && text.Length <= Wire.MostListBytes)
        {
            return new FileList { Entries = entries };
        }

        var digest = Core.Digests.Digest.Of(text).Hex;
        var file = Path.Combine(scratch, digest + ".list");
        try
        {
            await File.WriteAllBytesAsync(file, text, cancellation).ConfigureAwait(false);
            await place.PutAsync(digest, text.Length, file, cancellation).ConfigureAwait(false);
        }
        finally
        {
            File.Delete(file);
        }

        return new FileList { Digest = digest, Bytes = text.Length };
    }

    /// <summary>Whether links of files are sent as what they lead to, wherever it is.</summary>
    internal bool FollowsLinks { get; init; }

    private static readonly EnumerationOptions Everything = new() { RecurseSubdirectories = true, AttributesToSkip = FileAttributes.None, IgnoreInaccessible = false };

    /// <summary>Such a link is kept; one that leads elsewhere would lead nowhere at the other side.</summary>
    private static bool StaysInside(string directory, string link, string target) =>
        !Path.IsPathRooted(target) && Path.GetFullPath(Path.Combine(Path.GetDirectoryName(link)!, target)).StartsWith(directory.TrimEnd('/') + "/", StringComparison.Ordinal);

    /// <summary>What a link of a file leads to is sent as a file; a pipe or a socket is nothing that can be sent.</summary>
    private static bool IsFile(FileSystemInfo one) =>
        (one.LinkTarget is null ? one : one.ResolveLinkTarget(returnFinalTarget: true)) is FileInfo { Exists: true } file
        && (OperatingSystem.IsWindows() || (file.Attributes & FileAttributes.Device) == 0);

    private static bool IsExecutable(string file) => !OperatingSystem.IsWindows() && (File.GetUnixFileMode(file) & AnyExecute) != 0;
}
