using ScaleMs.Core.Digests;
using ScaleMs.Core.Identity;
using ScaleMs.Core.Ports;
using ScaleMs.Core.Records;
using ScaleMs.Store.Disk;

namespace ScaleMs.Engine.Tests.Faults;

/// <summary>The real disk with other clocks, and with somebody who writes to a file while it is being hashed.</summary>
internal sealed class OtherDisk : IDisk
{
    private readonly PhysicalDisk _disk = new();

    /// <summary>What the file system makes of a time stamp.</summary>
    public Func<long, long> Stamp { get; init; } = ns => ns;

    /// <summary>Called with a file's path before it is read, and once more after.</summary>
    public Action<string> WhileHashed { get; init; } = _ => { };

    /// <summary>Called with a path before it is removed.</summary>
    public Action<string> Deleting { get; init; } = _ => { };

    /// <summary>Called before each look at a path.</summary>
    public Action Looking { get; init; } = () => { };

    public FileStat? Stat(string path, bool followLinks = true)
    {
        Looking();
        return _disk.Stat(path, followLinks) is { } stat ? stat with { ModifiedNs = Stamp(stat.ModifiedNs), ChangedNs = Stamp(stat.ChangedNs) } : null;
    }

    public long Now(string directory) => Stamp(_disk.Now(directory));

    public long NowBeside(string file) => Stamp(_disk.NowBeside(file));

    /// <summary>Whether the stamps are as fine as the real ones.</summary>
    public bool HasFineStamps(string directory) => Stamp(1) - Stamp(0) == 1 && _disk.HasFineStamps(directory);

    public (Digest Bytes, IReadOnlyList<Digest> Identities) Hash(string path, IReadOnlyList<ContentIdentity> identities)
    {
        WhileHashed(path);
        var result = _disk.Hash(path, identities);
        WhileHashed(path);
        return result;
    }

    public string ReadText(string path) => _disk.ReadText(path);

    public string ReadTail(string path, int bytes) => _disk.ReadTail(path, bytes);

    public bool IsEmptyDirectory(string path) => _disk.IsEmptyDirectory(path);

    public void WriteText(string path, string text) => _disk.WriteText(path, text);

    public void Copy(string source, string target, bool executable) => _disk.Copy(source, target, executable);

    public void EndInterruptedCopy(string target) => _disk.EndInterruptedCopy(target);

    public bool TryClone(string source, string target, bool executable) => _disk.TryClone(source, target, executable);

    public void Link(string target, string link) => _disk.Link(target, link);

    public void Move(string source, string target) => _disk.Move(source, target);

    public void CreateDirectory(string path) => _disk.CreateDirectory(path);

    public void Delete(string path)
    {
        Deleting(path);
        _disk.Delete(path);
    }

    public IReadOnlyList<DiskEntry> List(string path) => _disk.List(path);

    public string RealPath(string path) => _disk.RealPath(path);
}
