using System.Collections.Concurrent;
using ScaleMs.Core.Keys;
using ScaleMs.Core.Ports;
using ScaleMs.Store.Disk;

namespace ScaleMs.Store.Cache;

/// <summary>What this client makes, told by a file for each action, and what others make.</summary>
/// <remarks>
/// All those files are names of one, which one stamp in a while keeps fresh (<see cref="LeadStamp"/>).
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

    private readonly CacheLayout _layout;
    private readonly CacheOptions _options;
    private readonly LeadReader _reader;
    private readonly LeadStamp _stamp;
    private readonly Lazy<bool> _folder;
    private readonly ConcurrentDictionary<ActionKey, Held> _held = [];

    /// <summary>Those that were given up while the disk refused: what renews the others renews them too, so they are to go.</summary>
    private readonly ConcurrentDictionary<ActionKey, Held> _left = [];

    private readonly ITimer _timer;

    public CacheLeads(CacheLayout layout, CacheFolders folders, CacheOptions options, LeadStamp? stamp = null)
    {
        (_layout, _options, _reader, _stamp) = (layout, options, new LeadReader(layout, options), stamp ?? new LeadStamp(layout, options));
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
        if (_held.TryRemove(key, out var held) && !TryEnd(key, held))
        {
            _left[key] = held;
        }
    }

    /// <summary>Tells that this client is still at all that it leads.</summary>
    public void Refresh()
    {
        foreach (var (key, _) in _left.Where(left => TryEnd(left.Key, left.Value)))
        {
            _left.TryRemove(key, out _);
        }

        foreach (var held in _held.ToLookup(lead => lead.Value.Stamped, lead => lead.Key))
        {
            try
            {
                if (FileTouch.Now(held.Key) == Touched.Gone)
                {
                    Renew(held);
                }
            }
            catch (Exception cause) when (IsTrouble(cause))
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

        _stamp.End();
    }

    private static bool IsTrouble(Exception cause) => DiskErrors.IsDiskError(cause) || cause is StoreException;

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
        if (!_folder.Value || _stamp.TryName(path) is not { } made)
        {
            return false;
        }

        // The one that was lost may be so no longer, or may have been removed with this one's predecessor: then another began anew.
        if (lost > 0 && _reader.Read(_layout.Lead(key, lost - 1)) is not { IsLive: false })
        {
            TemporaryName.TryDelete(path);
            return false;
        }

        _held[key] = new Held(lost, made.File, made.Lead.Inode);
        return true;
    }

    /// <summary>While this machine slept, what stamped these went away, and of those that are gone too another took over and is done. The others are stamped one by one.</summary>
    private void Renew(IGrouping<string, ActionKey> leads)
    {
        foreach (var key in leads)
        {
            if (!_held.TryGetValue(key, out var held))
            {
                continue;
            }

            var path = _layout.Lead(key, held.Lost);
            if (_stamp.IsShared(leads.Key) && IsOurs(key, held) && FileTouch.Now(path) == Touched.Done)
            {
                _held.TryUpdate(key, held with { Stamped = path }, held);
            }
            else
            {
                _held.TryRemove(key, out _);
            }
        }
    }

    /// <returns>False when the disk refused.</returns>
    private bool TryEnd(ActionKey key, Held held)
    {
        try
        {
            if (IsOurs(key, held))
            {
                End(key, held.Lost);
            }

            return true;
        }
        catch (Exception cause) when (IsTrouble(cause))
        {
            return false;
        }
    }

    private void End(ActionKey key, int last)
    {
        if (StatReader.Read(_layout.Lead(key, last + 1), followLinks: false) is not null)
        {
            // Whoever took over will remove this one too, and needs it till then. Renewed with the others it would keep all away if that one died.
            _stamp.Leave(_layout.Lead(key, last));
            return;
        }

        for (var lost = 0; lost < last; lost++)
        {
            TemporaryName.TryDelete(_layout.Lead(key, lost));
        }

        File.Delete(_layout.Lead(key, last));
    }

    /// <summary>Others may have taken over, ended, and led again while this machine slept.</summary>
    private bool IsOurs(ActionKey key, Held held) => _layout.Lead(key, held.Lost) is var path && _stamp.Look(path) is { } stat && (stat.Inode == held.Inode || _stamp.IsOursUnderAnotherNumber(path));

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

    /// <summary>A lead that this client has.</summary>
    /// <param name="Lost">How many were lost before it.</param>
    /// <param name="Stamped">The file that is stamped to renew it.</param>
    /// <param name="Inode">The file that it is a name of.</param>
    private sealed record Held(int Lost, string Stamped, ulong Inode);
}
