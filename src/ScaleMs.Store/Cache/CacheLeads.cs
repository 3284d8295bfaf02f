using System.Collections.Concurrent;
using ScaleMs.Core.Keys;
using ScaleMs.Core.Ports;
using ScaleMs.Store.Disk;

namespace ScaleMs.Store.Cache;

/// <summary>What this client makes, told by a file for each action, and what others make.</summary>
/// <remarks>
/// A lead is lost when it was not refreshed for a while by the file server's clock, or when its process is known to be dead. It stays where it
/// is, and the next one stands beside it under the next number: of all that want to go on, one makes that file. Whoever leads last removes
/// all of them, the first one first: as long as any is there, nobody begins from the first again.
/// </remarks>
internal sealed class CacheLeads : ILeads, IDisposable
{
    /// <summary>What was lost so often is made without a lead.</summary>
    private const int MostLost = 64;

    /// <summary>So many refreshings go wrong before a lead is lost.</summary>
    private const int Refreshings = 4;

    private static readonly UnixFileMode Mode = FileCopier.ReadOnly | UnixFileMode.UserWrite;

    private readonly CacheLayout _layout;
    private readonly CacheOptions _options;
    private readonly LeadReader _reader;
    private readonly Lazy<bool> _folder;
    private readonly ConcurrentDictionary<ActionKey, int> _held = [];
    private readonly ITimer _timer;

    public CacheLeads(CacheLayout layout, CacheFolders folders, CacheOptions options)
    {
        (_layout, _options, _reader) = (layout, options, new LeadReader(layout, options));
        _folder = new Lazy<bool>(() => Ensure(folders, layout), LazyThreadSafetyMode.PublicationOnly);
        _timer = options.Clock.CreateTimer(_ => RefreshInTurn(), null, Period, Timeout.InfiniteTimeSpan);
    }

    private TimeSpan Period => _options.LeadTimeout / Refreshings;

    /// <inheritdoc/>
    public string? Take(ActionKey key)
    {
        if (_held.ContainsKey(key))
        {
            return null;
        }

        var (leader, lost) = Look(key);
        return leader is not null || lost == MostLost || TryMake(key, lost) ? leader : LeadReader.Somebody;
    }

    /// <inheritdoc/>
    public IReadOnlyDictionary<ActionKey, string> LeadersOf(IReadOnlyCollection<ActionKey> keys)
    {
        var led = new Dictionary<ActionKey, string>();
        foreach (var key in keys)
        {
            if (Look(key).Leader is { } leader)
            {
                led[key] = leader;
            }
        }

        return led;
    }

    /// <inheritdoc/>
    public void GiveUp(ActionKey key)
    {
        // Whoever took over will remove this one too, and needs it till then.
        if (!_held.TryRemove(key, out var last) || IsThere(_layout.Lead(key, last + 1)))
        {
            return;
        }

        for (var lost = 0; lost <= last; lost++)
        {
            TemporaryName.TryDelete(_layout.Lead(key, lost));
        }
    }

    /// <summary>Tells that this client is still at all that it leads.</summary>
    public void Refresh()
    {
        foreach (var (key, lost) in _held)
        {
            try
            {
                if (FileTouch.Now(_layout.Lead(key, lost)) == Touched.Gone)
                {
                    // Another took over while this machine slept, and is done.
                    _held.TryRemove(key, out _);
                }
            }
            catch (Exception cause) when (DiskErrors.IsDiskError(cause))
            {
                // The next time may go well; if none does, another client makes it too, and the first record wins.
            }
        }
    }

    public void Dispose()
    {
        _timer.Dispose();
        foreach (var key in _held.Keys)
        {
            GiveUp(key);
        }
    }

    private static bool IsThere(string path)
    {
        try
        {
            return StatReader.Read(path, followLinks: false) is not null;
        }
        catch (Exception cause) when (DiskErrors.IsDiskError(cause))
        {
            // Left there and refreshed no more, ours is lost in a minute.
            return true;
        }
    }

    private static bool Ensure(CacheFolders folders, CacheLayout layout)
    {
        folders.Ensure(layout.Leads);
        return true;
    }

    /// <summary>Looks for a live lead behind those that are lost.</summary>
    private (string? Leader, int Lost) Look(ActionKey key)
    {
        var lost = 0;
        while (lost < MostLost && _reader.Read(_layout.Lead(key, lost)) is { } lead)
        {
            if (lead.IsLive)
            {
                return (lead.Leader, lost);
            }

            lost++;
        }

        return (null, lost);
    }

    private bool TryMake(ActionKey key, int lost)
    {
        var path = _layout.Lead(key, lost);
        if (!_folder.Value || !NewFile.Add(_layout, path, LeaseNote.Of(_options).Encode(), Mode))
        {
            return false;
        }

        // The one that was lost may be so no longer, or may have been removed with this one's predecessor: then another began anew.
        if (lost > 0 && _reader.Read(_layout.Lead(key, lost - 1)) is not { IsLive: false })
        {
            TemporaryName.TryDelete(path);
            return false;
        }

        _held[key] = lost;
        return true;
    }

    // One after the other, however slow the file server is.
    private void RefreshInTurn()
    {
        Refresh();
        try
        {
            _timer.Change(Period, Timeout.InfiniteTimeSpan);
        }
        catch (ObjectDisposedException)
        {
            // Closed meanwhile.
        }
    }
}
