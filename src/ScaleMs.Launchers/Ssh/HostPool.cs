using ScaleMs.Launchers.Remote;
using ScaleMs.Launchers.Sites;

namespace ScaleMs.Launchers.Ssh;

/// <summary>The hosts of a site: gives out their slots, tells once when one goes or comes back, and says when there is none left.</summary>
internal sealed class HostPool : IHostWatch
{
    private readonly Lock _lock = new();
    private readonly HostQueue _queue;
    private readonly SshTiming _timing;
    private readonly TimeProvider _clock;
    private readonly Action<string> _tell;
    private readonly string _site;
    private long? _allAwaySince;

    internal HostPool(SiteProfile site, SshTiming timing, TimeProvider clock, Action<string> tell)
    {
        var profile = site.Ssh ?? new SshProfile();
        (_site, _timing, _clock, _tell) = (site.Name, timing, clock, tell);
        _queue = new HostQueue([.. profile.Hosts.Select(host => host.Slots)]);
        Hosts = [.. profile.Hosts.Select(host => new RemoteHost(host, new SshShell(host.Destination, profile.Options), site.Scratch, timing, clock, this))];
    }

    /// <inheritdoc/>
    public int Waiting => _queue.Waiting;

    internal IReadOnlyList<RemoteHost> Hosts { get; }

    /// <summary>The most slots that one attempt can have.</summary>
    internal int MostSlots => _queue.MostSlots;

    /// <summary>Waits for slots on one host.</summary>
    /// <param name="slots">How many, at most <see cref="MostSlots"/>.</param>
    /// <param name="except">Hosts that it does not want.</param>
    /// <param name="cancellation">Ends the wait.</param>
    /// <exception cref="SiteException">No host can be used.</exception>
    internal async Task<HostLease> AcquireAsync(int slots, IReadOnlySet<int> except, CancellationToken cancellation)
    {
        var waiting = _queue.AcquireAsync(slots, except, cancellation);
        if (!waiting.IsCompleted)
        {
            WakeAll();
            Judge();
        }

        var index = await waiting.ConfigureAwait(false);
        return new HostLease(_queue, Hosts[index], index, slots);
    }

    /// <summary>The slots of an attempt that is there already.</summary>
    internal HostLease? Take(string destination, int slots)
    {
        var index = Hosts.TakeWhile(host => host.Destination != destination).Count();
        if (index == Hosts.Count)
        {
            return null;
        }

        _queue.Take(index, slots);
        return new HostLease(_queue, Hosts[index], index, slots);
    }

    /// <summary>Whether a host can be used now that is none of these.</summary>
    internal bool HasOther(IReadOnlySet<int> except) => Enumerable.Range(0, Hosts.Count).Any(index => !except.Contains(index) && Hosts[index].IsUp);

    /// <inheritdoc/>
    public void CameUp(RemoteHost host, SshTrouble? former)
    {
        lock (_lock)
        {
            _allAwaySince = null;
        }

        _queue.SetUp(IndexOf(host), true);
        if (former is not null)
        {
            _tell($"host '{host.Destination}' of site '{_site}' can be used again");
        }
    }

    /// <inheritdoc/>
    public void WentAway(RemoteHost host, bool isNew, int attempts)
    {
        _queue.SetUp(IndexOf(host), false);
        if (isNew)
        {
            var fate = attempts == 0 ? string.Empty : FormattableString.Invariant($"; unless it is back within {_timing.Lost.TotalSeconds:0} s, the {attempts} of its attempts are made elsewhere");
            _tell($"{host.Trouble!.Message}; site '{_site}' goes on without it{fate}");
        }

        Judge();
    }

    /// <inheritdoc/>
    public void Leaves(RemoteHost host) => _queue.SetUp(IndexOf(host), false);

    private int IndexOf(RemoteHost host) => Hosts.TakeWhile(other => other != host).Count();

    private void WakeAll()
    {
        foreach (var host in Hosts)
        {
            host.Wake();
        }
    }

    /// <summary>Nobody waits for ever: when no host can be used, and that lasts, all who wait are told.</summary>
    private void Judge()
    {
        lock (_lock)
        {
            var troubles = Hosts.Select(host => host.Trouble).OfType<SshTrouble>().ToList();
            if (troubles.Count < Hosts.Count)
            {
                _allAwaySince = null;
                return;
            }

            _allAwaySince ??= _clock.GetTimestamp();
            if (troubles.TrueForAll(trouble => trouble.IsLasting) || _clock.GetElapsedTime(_allAwaySince.Value) >= _timing.GiveUp)
            {
                var message = $"no host of site '{_site}' can be used: {string.Join("; ", troubles.Select(trouble => trouble.Message))}";
                _queue.Fail(() => new SshTrouble(message, true).AsException());
            }
        }
    }
}
