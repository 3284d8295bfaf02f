using System.Text;
using ScaleMs.Core.Digests;
using ScaleMs.Core.Identity;
using ScaleMs.Core.Ports;
using ScaleMs.Core.Records;

namespace ScaleMs.Testing;

/// <summary>A disk in memory: directories, files and links with the stat tuples that a file system would give them.</summary>
/// <remarks>
/// Thread-safe. Every new file has an inode of its own, times come from the clock, and what replaces a file does it by a new inode,
/// as a rename does. Paths are absolute with <c>/</c>.
/// </remarks>
/// <param name="clock">Stamps files.</param>
/// <param name="stampGranularity">How coarse the stamps are, as on older file systems; null for a disk that gives every change a stamp of its own.</param>
public sealed partial class MemoryDisk(TimeProvider clock, TimeSpan? stampGranularity = null) : IDisk
{
    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false);
    private readonly Lock _lock = new();
    private readonly MemoryTree _tree = new(new MemoryNode(1, MemoryNode.Directory));
    private ulong _inodes = 1;
    private long _lastStamp;

    /// <summary>Whether files can share blocks.</summary>
    public bool CanClone { get; init; } = true;

    /// <summary>After so many more writes the disk is full; null for never.</summary>
    public int? WritesUntilFull { get; set; }

    /// <inheritdoc/>
    public FileStat? Stat(string path, bool followLinks = true)
    {
        lock (_lock)
        {
            return _tree.Find(path, followLinks)?.Stat;
        }
    }

    /// <inheritdoc/>
    public long Now(string directory) => Stamp();

    /// <inheritdoc/>
    public bool HasFineStamps(string directory) => stampGranularity is null;

    /// <inheritdoc/>
    public (Digest Bytes, IReadOnlyList<Digest> Identities) Hash(string path, IReadOnlyList<ContentIdentity> identities)
    {
        ArgumentNullException.ThrowIfNull(identities);
        var bytes = ReadBytes(path);
        return (Digest.Of(bytes), identities.Select(identity => Identify(identity, bytes)).ToList());
    }

    /// <inheritdoc/>
    public string ReadText(string path) => Utf8.GetString(ReadBytes(path));

    /// <inheritdoc/>
    public string ReadTail(string path, int bytes) => Utf8.GetString(ReadBytes(path) is var all && all.Length > bytes ? all.AsSpan(all.Length - bytes) : all);

    /// <inheritdoc/>
    public bool IsEmptyDirectory(string path)
    {
        lock (_lock)
        {
            return _tree.Find(path, followLinks: true) is { Children.Count: 0 };
        }
    }

    /// <inheritdoc/>
    public IReadOnlyList<DiskEntry> List(string path)
    {
        lock (_lock)
        {
            return _tree.Find(path, followLinks: true) is { Children: { } children }
                ? [.. children.Select(child => new DiskEntry(child.Key, child.Value.Stat, child.Value.IsLink ? child.Value.Target : null))]
                : throw new StoreException($"cannot list '{path}': it is no directory");
        }
    }

    /// <inheritdoc/>
    public void WriteText(string path, string text) => Put(path, NewFile(Utf8.GetBytes(text), executable: false), mayReplace: true);

    /// <inheritdoc/>
    public void Copy(string source, string target, bool executable)
    {
        var bytes = ReadBytes(source);
        CreateDirectory(Above(target));
        Put(target, NewFile(bytes, executable), mayReplace: true);
    }

    /// <inheritdoc/>
    public bool TryClone(string source, string target, bool executable)
    {
        if (CanClone)
        {
            var bytes = ReadBytes(source);
            CreateDirectory(Above(target));
            Put(target, NewFile(bytes, executable), mayReplace: false);
        }

        return CanClone;
    }

    /// <inheritdoc/>
    public void Link(string target, string link) => Put(link, new MemoryNode(NextInode(), MemoryNode.Link) { Target = target }, mayReplace: false);

    /// <inheritdoc/>
    public void Move(string source, string target)
    {
        CreateDirectory(Above(target));
        lock (_lock)
        {
            var from = _tree.Place(source);
            if (from is not { } place || !place.Siblings.TryGetValue(place.Name, out var node))
            {
                throw new StoreException($"cannot move '{source}': nothing is there");
            }

            Add(target, node, mayReplace: false);
            place.Siblings.Remove(place.Name);
            Stamp(place.Directory);
        }
    }

    /// <inheritdoc/>
    public void CreateDirectory(string path)
    {
        lock (_lock)
        {
            var names = MemoryTree.Split(path);
            for (var i = 1; i <= names.Length; i++)
            {
                var part = "/" + string.Join('/', names[..i]);
                if (_tree.Find(part, followLinks: true) is null)
                {
                    Add(part, new MemoryNode(NextInode(), MemoryNode.Directory), mayReplace: false);
                }
                else if (_tree.Find(part, followLinks: true)!.Children is null)
                {
                    throw new StoreException($"cannot make the folder '{path}': '{part}' is a file");
                }
            }
        }
    }

    /// <inheritdoc/>
    public void Delete(string path)
    {
        lock (_lock)
        {
            if (_tree.Place(path) is { } place && place.Siblings.Remove(place.Name))
            {
                Stamp(place.Directory);
            }
        }
    }

    /// <inheritdoc/>
    public string RealPath(string path)
    {
        lock (_lock)
        {
            return _tree.RealPath(path) ?? throw new StoreException($"cannot resolve '{path}': nothing is there");
        }
    }

    private static Digest Identify(ContentIdentity identity, byte[] bytes)
    {
        var digester = identity.Start();
        digester.Append(bytes);
        return digester.Finish();
    }
}
