using ScaleMs.Core.Ports;

namespace ScaleMs.Testing;

/// <content>What a test does to files beside the engine, and what both share.</content>
public sealed partial class MemoryDisk
{
    private const long NanosecondsPerTick = 100;

    /// <summary>Writes a file as an editor does that keeps the inode; makes it, with its directories, when it is not there.</summary>
    /// <param name="path">The file.</param>
    /// <param name="text">Its text.</param>
    /// <param name="executable">Whether a file that is made may be executed.</param>
    public void Write(string path, string text, bool executable = false)
    {
        CreateDirectory(Above(path));
        lock (_lock)
        {
            if (_tree.Find(path, followLinks: true) is { IsFile: true } node)
            {
                TakeWrite(path);
                node.Bytes = Utf8.GetBytes(text);
                Stamp(node);
                return;
            }
        }

        Put(path, NewFile(Utf8.GetBytes(text), executable), mayReplace: false);
    }

    /// <summary>Gives a file the present time without changing it.</summary>
    /// <param name="path">The file.</param>
    public void Touch(string path)
    {
        lock (_lock)
        {
            Stamp(_tree.Find(path, followLinks: true) ?? throw new StoreException($"cannot touch '{path}': nothing is there"));
        }
    }

    /// <summary>The files below a directory.</summary>
    /// <param name="directory">The directory.</param>
    /// <returns>Their absolute paths in ordinal order; empty when the directory is not there.</returns>
    public IReadOnlyList<string> Files(string directory)
    {
        lock (_lock)
        {
            return _tree.Find(directory, followLinks: true) is { } node ? Files(directory.TrimEnd('/'), node).Order(StringComparer.Ordinal).ToList() : [];
        }
    }

    /// <inheritdoc/>
    public IReadOnlyList<string> FilesBelow(string directory) => Files(directory);

    /// <summary>Renames a file over whatever file is at the target, in one step.</summary>
    internal void Replace(string source, string target, bool executable)
    {
        CreateDirectory(Above(target));
        lock (_lock)
        {
            Put(target, NewFile(ReadBytes(source), executable), mayReplace: true);
            Delete(source);
        }
    }

    private static IEnumerable<string> Files(string path, MemoryNode node) =>
        node.Children is null ? [path] : node.Children.SelectMany(child => Files($"{path}/{child.Key}", child.Value));

    private static string Above(string path) => "/" + string.Join('/', MemoryTree.Split(path).SkipLast(1));

    private byte[] ReadBytes(string path)
    {
        lock (_lock)
        {
            return _tree.Find(path, followLinks: true) switch
            {
                null => throw new StoreException($"cannot read '{path}': nothing is there"),
                { IsFile: true } file => file.Bytes,
                _ => throw new StoreException($"cannot read '{path}': it is no file"),
            };
        }
    }

    private void Put(string path, MemoryNode node, bool mayReplace)
    {
        lock (_lock)
        {
            TakeWrite(path);
            Add(path, node, mayReplace);
        }
    }

    private void TakeWrite(string path)
    {
        if (WritesUntilFull is { } left)
        {
            WritesUntilFull = left > 0 ? left - 1 : throw new StoreException($"cannot write '{path}': no space left on device");
        }
    }

    private void Add(string path, MemoryNode node, bool mayReplace)
    {
        if (_tree.Place(path) is not { } place)
        {
            throw new StoreException($"cannot write '{path}': its folder is not there");
        }

        if (place.Siblings.TryGetValue(place.Name, out var there) && (!mayReplace || there.Children is not null))
        {
            throw new StoreException($"cannot write '{path}': something is there");
        }

        place.Siblings[place.Name] = node;
        // A rename changes a file's status, not its content.
        node.ModifiedNs = node.ModifiedNs == 0 ? Stamp() : node.ModifiedNs;
        node.ChangedNs = Stamp();
        Stamp(place.Directory);
    }

    private MemoryNode NewFile(byte[] bytes, bool executable) =>
        new(NextInode(), executable ? MemoryNode.Program : MemoryNode.File) { Bytes = bytes };

    private ulong NextInode() => Interlocked.Increment(ref _inodes);

    private void Stamp(MemoryNode node) => node.ModifiedNs = node.ChangedNs = Stamp();

    /// <summary>The present time in nanoseconds since 1970, as coarse as this disk's stamps are.</summary>
    private long Stamp()
    {
        var ticks = (clock.GetUtcNow() - DateTimeOffset.UnixEpoch).Ticks;
        lock (_lock)
        {
            return _lastStamp = stampGranularity is { } coarse
                ? (ticks - (ticks % coarse.Ticks)) * NanosecondsPerTick
                : Math.Max(ticks * NanosecondsPerTick, _lastStamp + 1);
        }
    }
}
