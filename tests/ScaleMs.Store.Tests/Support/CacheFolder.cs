using ScaleMs.Core.Digests;
using ScaleMs.Store.Cache;
using ScaleMs.Store.Disk;

namespace ScaleMs.Store.Tests.Support;

/// <summary>A shared cache in a temporary folder, with what the tests do to its files behind everybody's back.</summary>
public sealed class CacheFolder : IDisposable
{
    private readonly string _parent = Directory.CreateTempSubdirectory("scalems-cache-").FullName;

    public CacheFolder(string name = "cache")
    {
        Root = Path.Combine(_parent, name);
    }

    public string Root { get; }

    public string Leases => Path.Combine(Root, "leases");

    /// <summary>The leads of a key, by name.</summary>
    public string[] Leads(int key) => Directory.Exists(new CacheLayout(Root).Leads)
        ? [.. Directory.GetFiles(new CacheLayout(Root).Leads, $"{Sample.Key(key).Digest.Hex}*").Order(StringComparer.Ordinal)]
        : [];

    public string Record(int key) => new CacheLayout(Root).Record(Sample.Key(key));

    public string Blob(string text) => new CacheLayout(Root).Blob(Digest.OfText(text));

    /// <summary>Every file there is, but for locks, with its content's digest and stamp.</summary>
    public string Listing() => string.Join('\n', Directory.GetFiles(Root, "*", SearchOption.AllDirectories)
        .Order(StringComparer.Ordinal)
        .Select(path => $"{Path.GetRelativePath(Root, path)} {Digest.Of(File.ReadAllBytes(path)).Brief} {File.GetLastWriteTimeUtc(path).Ticks}"));

    /// <summary>Changes a file as root can, and puts its time stamp back.</summary>
    public static void Overwrite(string path, Func<byte[], byte[]> change)
    {
        var stamp = File.GetLastWriteTimeUtc(path);
        var mode = File.GetUnixFileMode(path);
        File.SetUnixFileMode(path, mode | UnixFileMode.UserWrite);
        var content = change(File.ReadAllBytes(path));
        using (var file = new FileStream(path, FileMode.Open, FileAccess.Write))
        {
            file.SetLength(content.Length);
            file.Write(content);
        }

        File.SetUnixFileMode(path, mode);
        File.SetLastWriteTimeUtc(path, stamp);
    }

    public static byte[] FlipOneBit(byte[] content, int at)
    {
        content[at] ^= 1;
        return content;
    }

    /// <summary>Lets everything look as if it had been used last some time ago.</summary>
    public void Age(TimeSpan by, params string[] paths)
    {
        foreach (var path in paths.Length > 0 ? paths : Directory.GetFiles(Root, "*", SearchOption.AllDirectories))
        {
            File.SetLastWriteTimeUtc(path, DateTime.UtcNow - by);
        }
    }

    public void Dispose() => new PhysicalDisk().Delete(_parent);
}
