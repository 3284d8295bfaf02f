using ScaleMs.Core.Digests;
using ScaleMs.Core.Identity;
using ScaleMs.Core.Ports;
using ScaleMs.Core.Records;

namespace ScaleMs.Testing;

/// <summary>A disk as one life of a host sees it: nothing reaches it after the crash.</summary>
internal sealed class HostedDisk(IDisk disk, HostLife life) : IDisk
{
    public FileStat? Stat(string path, bool followLinks = true) => Read(() => disk.Stat(path, followLinks));

    public long Now(string directory) => Read(() => disk.Now(directory));

    public long NowBeside(string file) => Read(() => disk.NowBeside(file));

    public bool HasFineStamps(string directory) => Read(() => disk.HasFineStamps(directory));

    public (Digest Bytes, IReadOnlyList<Digest> Identities) Hash(string path, IReadOnlyList<ContentIdentity> identities) => Read(() => disk.Hash(path, identities));

    public string ReadText(string path) => Read(() => disk.ReadText(path));

    public string ReadTail(string path, int bytes) => Read(() => disk.ReadTail(path, bytes));

    public bool IsEmptyDirectory(string path) => Read(() => disk.IsEmptyDirectory(path));

    public IReadOnlyList<DiskEntry> List(string path) => Read(() => disk.List(path));

    public string RealPath(string path) => Read(() => disk.RealPath(path));

    public IReadOnlyList<string> FilesBelow(string directory) => Read(() => disk.FilesBelow(directory));

    public void WriteText(string path, string text) => Change(() => disk.WriteText(path, text));

    public void Copy(string source, string target, bool executable) => Change(() => disk.Copy(source, target, executable));

    public bool TryClone(string source, string target, bool executable)
    {
        life.BeforeChange();
        return disk.TryClone(source, target, executable);
    }

    public void Link(string target, string link) => Change(() => disk.Link(target, link));

    public void Move(string source, string target) => Change(() => disk.Move(source, target));

    public void CreateDirectory(string path) => Change(() => disk.CreateDirectory(path));

    public void Delete(string path) => Change(() => disk.Delete(path));

    private T Read<T>(Func<T> read)
    {
        life.BeforeRead();
        return read();
    }

    private void Change(Action change)
    {
        life.BeforeChange();
        change();
    }
}
