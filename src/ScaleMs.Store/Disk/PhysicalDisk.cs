using System.Collections.Concurrent;
using System.Text;
using ScaleMs.Core.Digests;
using ScaleMs.Core.Identity;
using ScaleMs.Core.Ports;
using ScaleMs.Core.Records;

namespace ScaleMs.Store.Disk;

/// <summary>The machine's own disk.</summary>
/// <remarks>
/// Thread-safe; keeps nothing in memory but how fine time stamps are and how new folders look. Elsewhere than on Linux a stat tuple has no inode and no change time, so an edit that
/// restores both length and time stamp goes unseen there.
/// </remarks>
public sealed class PhysicalDisk : IDisk
{
    /// <summary>The name of the probe file that <see cref="Now"/> touches.</summary>
    public const string ClockFile = ".clock";

    private readonly ConcurrentDictionary<string, bool> _fineStamps = new(StringComparer.Ordinal);
    private readonly FolderRecycler _recycler = new();

    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false);

    /// <inheritdoc/>
    public FileStat? Stat(string path, bool followLinks = true) => StatReader.Read(path, followLinks);

    /// <inheritdoc/>
    public long Now(string directory)
    {
        var probe = Path.Combine(directory, ClockFile);
        DiskErrors.Guard("write", probe, () =>
        {
            // A written byte is stamped by the file system's clock; setting a time would carry this machine's.
            using var file = File.OpenHandle(probe, FileMode.OpenOrCreate, FileAccess.Write, FileShare.ReadWrite | FileShare.Delete);
            RandomAccess.Write(file, "."u8, 0);
        });
        return Stat(probe)?.ModifiedNs ?? throw new StoreException($"cannot read '{probe}': it went away as soon as it was written");
    }

    /// <inheritdoc/>
    public long NowBeside(string file) => ForeignClock.Beside(file);

    /// <inheritdoc/>
    public bool HasFineStamps(string directory) =>
        _fineStamps.GetOrAdd(directory, folder => DiskErrors.Guard("write", folder, () => StampProbe.IsFine(Path.Combine(folder, ClockFile))));

    /// <inheritdoc/>
    public (Digest Bytes, IReadOnlyList<Digest> Identities) Hash(string path, IReadOnlyList<ContentIdentity> identities) =>
        DiskErrors.Guard("read", path, () =>
        {
            using var file = ReadHandle.Open(path);
            using var pass = new ContentPass(identities);
            pass.Read(file);
            return pass.Finish();
        });

    /// <inheritdoc/>
    public string ReadText(string path) => DiskErrors.Guard("read", path, () => File.ReadAllText(path, Utf8));

    /// <inheritdoc/>
    public IEnumerable<string> ReadLines(string path) => TextLines.Of(path);

    /// <inheritdoc/>
    public string ReadTail(string path, int bytes) => DiskErrors.Guard("read", path, () =>
    {
        using var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        stream.Seek(-Math.Min(bytes, stream.Length), SeekOrigin.End);
        using var reader = new StreamReader(stream, Utf8);
        return reader.ReadToEnd();
    });

    /// <inheritdoc/>
    public bool IsEmptyDirectory(string path) =>
        DiskErrors.Guard("list", path, () => Directory.Exists(path) && !Directory.EnumerateFileSystemEntries(path).Any());

    /// <inheritdoc/>
    public IReadOnlyList<DiskEntry> List(string path) => DiskErrors.Guard("list", path, () => FolderReader.Entries(path));

    /// <inheritdoc/>
    public void WriteText(string path, string text) => DiskErrors.Guard("write", path, () =>
    {
        var temporary = TemporaryName.Beside(path);
        try
        {
            WriteNew(temporary, Utf8.GetBytes(text));
            File.Move(temporary, path, overwrite: true);
        }
        catch
        {
            TemporaryName.TryDelete(temporary);
            throw;
        }
    });

    /// <summary>Without a truncation, which would have ext4 send the file to the disk at once: most are gone a moment later.</summary>
    private static void WriteNew(string path, ReadOnlySpan<byte> bytes)
    {
        using var file = File.OpenHandle(path, FileMode.CreateNew, FileAccess.Write);
        RandomAccess.Write(file, bytes, 0);
    }

    /// <inheritdoc/>
    public void Copy(string source, string target, bool executable) =>
        DiskErrors.Guard($"copy '{source}' to", target, () => FileCopier.Copy(source, target, executable));

    /// <inheritdoc/>
    public FileStat? CopyAndLook(string source, string target, bool executable) =>
        DiskErrors.Guard($"copy '{source}' to", target, () => RenamedFile.Look(target, FileCopier.Copy(source, target, executable)));

    /// <inheritdoc/>
    public IReadOnlyList<string>? TryRecycle(string former, string target, RecycleOrder order)
    {
        ArgumentNullException.ThrowIfNull(order);
        return OperatingSystem.IsLinux() ? _recycler.TryRecycle(former, target, order) : null;
    }

    /// <inheritdoc/>
    public bool TryCopyOver(string spare, string source, string target, bool executable) =>
        OperatingSystem.IsLinux() && DiskErrors.Guard($"copy '{source}' to", target, () => FileCopier.TryCopyOver(spare, source, target, executable));

    /// <inheritdoc/>
    public void EndInterruptedCopy(string target) => TemporaryName.TryDelete(TemporaryName.OfCopy(target));

    /// <inheritdoc/>
    public bool TryClone(string source, string target, bool executable) =>
        DiskErrors.Guard($"clone '{source}' to", target, () => FileCopier.TryClone(source, target, executable));

    /// <inheritdoc/>
    public void Link(string target, string link) => DiskErrors.Guard("make the link", link, () =>
    {
        // Windows tells links to folders from links to files.
        _ = Directory.Exists(target) ? Directory.CreateSymbolicLink(link, target) : File.CreateSymbolicLink(link, target);
    });

    /// <inheritdoc/>
    public void Move(string source, string target) => DiskErrors.Guard($"move '{source}' to", target, () => Mover.Move(source, target));

    /// <inheritdoc/>
    public void CreateDirectory(string path) => DiskErrors.Guard("make the folder", path, () => Directory.CreateDirectory(path));

    /// <inheritdoc/>
    public void Delete(string path) => DiskErrors.Guard("remove", path, () => TreeRemover.Remove(path));

    /// <inheritdoc/>
    public string RealPath(string path) => DiskErrors.Guard("resolve", path, () => RealPaths.Of(path));

    /// <inheritdoc/>
    public bool IsInMemory(string directory) => DiskErrors.Guard("look at", directory, () => new DriveInfo(directory).DriveFormat is "tmpfs" or "ramfs");

    /// <inheritdoc/>
    public byte[] ReadBytes(string path) => DiskErrors.Guard("read", path, () => File.ReadAllBytes(path));

    /// <inheritdoc/>
    public void WritePrivate(string path, byte[] bytes) => PrivateFile.Write(path, bytes);

    /// <inheritdoc/>
    public IReadOnlyList<string> FilesBelow(string directory) => FileSearch.FilesBelow(directory);

    /// <inheritdoc/>
    public bool Holds(string path, Core.Secrets.SecretPatterns patterns) => DiskErrors.Guard("read", path, () => FileSearch.Holds(path, patterns));
}
