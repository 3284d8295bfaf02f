using ScaleMs.Core.Digests;
using ScaleMs.Core.Identity;
using ScaleMs.Core.Ports;
using ScaleMs.Core.Records;
using ScaleMs.Store.Disk;

namespace ScaleMs.Store.Tests.Support;

/// <summary>The real disk with the time stamps of an older kernel: they move in ticks.</summary>
internal sealed class CoarseDisk : IDisk
{
    private const long TickNs = 8_000_000;
    private readonly PhysicalDisk _disk = new();

    public FileStat? Stat(string path, bool followLinks = true) => _disk.Stat(path, followLinks) is { } stat
        ? stat with { ModifiedNs = Coarse(stat.ModifiedNs), ChangedNs = Coarse(stat.ChangedNs) }
        : null;

    public long Now(string directory) => Coarse(_disk.Now(directory));

    public (Digest Bytes, IReadOnlyList<Digest> Identities) Hash(string path, IReadOnlyList<ContentIdentity> identities) => _disk.Hash(path, identities);

    public string ReadText(string path) => _disk.ReadText(path);

    public string ReadTail(string path, int bytes) => _disk.ReadTail(path, bytes);

    public bool IsEmptyDirectory(string path) => _disk.IsEmptyDirectory(path);

    public void WriteText(string path, string text) => _disk.WriteText(path, text);

    public void Copy(string source, string target, bool executable) => _disk.Copy(source, target, executable);

    public bool TryClone(string source, string target, bool executable) => _disk.TryClone(source, target, executable);

    public void Link(string target, string link) => _disk.Link(target, link);

    public void Move(string source, string target) => _disk.Move(source, target);

    public void CreateDirectory(string path) => _disk.CreateDirectory(path);

    public void Delete(string path) => _disk.Delete(path);

    public IReadOnlyList<DiskEntry> List(string path) => _disk.List(path);

    public string RealPath(string path) => _disk.RealPath(path);

    private static long Coarse(long ns) => ns - (ns % TickNs);
}
