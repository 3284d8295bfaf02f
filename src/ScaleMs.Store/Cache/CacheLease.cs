using ScaleMs.Core.Ports;
using ScaleMs.Store.Disk;

namespace ScaleMs.Store.Cache;

/// <summary>Tells collectors that this client is there, and marks what it relies on as used since it came.</summary>
/// <remarks>
/// A collection removes nothing that was used since the oldest live client came. So a client stamps each entry that it relies on, unless
/// the entry's stamp is later than the lease already. All times are the file server's own. The lease says when its making began, and
/// stamps count from when it could be seen: a collector that looked between the two removes nothing of either.
/// </remarks>
internal sealed class CacheLease : IDisposable
{
    /// <summary>Often enough that a lease without news for a day is surely dead.</summary>
    private static readonly TimeSpan Refresh = TimeSpan.FromMinutes(2);

    private readonly CacheLayout _layout;
    private readonly string _path;
    private readonly ITimer _timer;
    private long _seenNs;

    private CacheLease(CacheLayout layout, CacheOptions options)
    {
        _layout = layout;
        _path = Path.Combine(layout.Leases, $"{Guid.NewGuid():N}.json");
        Write(LeaseNote.Of(options));
        _timer = options.Clock.CreateTimer(_ => Renew(LeaseNote.Of(options)), null, Refresh, Refresh);
    }

    public static CacheLease Take(CacheLayout layout, CacheFolders folders, CacheOptions options)
    {
        folders.Ensure(layout.Leases);
        folders.Ensure(layout.Incoming);
        return new CacheLease(layout, options);
    }

    /// <summary>Marks an entry as used.</summary>
    /// <param name="path">Its file.</param>
    /// <returns>Whether it is still there and marked; refused when this user may not mark it.</returns>
    public Touched Keep(string path)
    {
        if (StatReader.Read(path, followLinks: false) is not { } stat)
        {
            return Touched.Gone;
        }

        return stat.ModifiedNs >= Volatile.Read(ref _seenNs) ? Touched.Done : FileTouch.Now(path);
    }

    public void Dispose()
    {
        _timer.Dispose();
        TemporaryName.TryDelete(_path);
    }

    private void Write(LeaseNote note)
    {
        var content = (note with { BeganNs = ServerClock.Now(_layout) }).Encode();
        NewFile.Replace(_layout, _path, content, FileCopier.ReadOnly | UnixFileMode.UserWrite);
        Volatile.Write(ref _seenNs, ServerClock.Now(_layout));
    }

    private void Renew(LeaseNote note)
    {
        try
        {
            if (FileTouch.Now(_path) == Touched.Gone)
            {
                // A collector took us for dead, as after a day's sleep: what we relied on may be gone, and is then made again.
                Write(note);
            }
        }
        catch (Exception cause) when (cause is StoreException || DiskErrors.IsDiskError(cause))
        {
            // The next time may go well; if none does, the lease ends after a day, and entries that vanish are made again.
        }
    }
}
