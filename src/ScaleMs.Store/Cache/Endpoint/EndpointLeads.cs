using System.Collections.Concurrent;
using System.Net;
using System.Text;
using ScaleMs.Core.Keys;
using ScaleMs.Core.Ports;

namespace ScaleMs.Store.Cache.Endpoint;

/// <summary>What this client and others make, as an endpoint knows it.</summary>
/// <remarks>One request renews all that this client leads; leads are given back many at once, behind everybody's back.</remarks>
/// <param name="client">Asks the endpoint.</param>
/// <param name="who">Who this client is, for people.</param>
/// <param name="clock">Tells when to renew.</param>
internal sealed class EndpointLeads(EndpointClient client, string who, TimeProvider clock) : ILeads, IDisposable
{
    private const int Renewals = 4;

    private readonly string _path = EndpointProtocol.Clients + Guid.NewGuid().ToString("N");
    private readonly Lock _entering = new();
    private readonly Lock _releasing = new();
    private readonly ConcurrentDictionary<ActionKey, bool> _held = [];
    private readonly ConcurrentDictionary<ActionKey, bool> _given = [];
    private ITimer? _timer;
    private TimeSpan _lease = TimeSpan.FromMinutes(1);
    private int _isReleasing;
    private bool _isClosed;

    private (string Name, string Value)[] Headers => [(EndpointProtocol.ClientHeader, _path[EndpointProtocol.Clients.Length..])];

    /// <inheritdoc/>
    public string? Take(ActionKey key)
    {
        if (_held.ContainsKey(key))
        {
            return null;
        }

        Enter();
        KeepGiven(key);
        var answer = Ask(key);
        if (answer.Code == HttpStatusCode.PreconditionRequired)
        {
            // Forgotten after a long sleep.
            Renew();
            answer = Ask(key);
        }

        _ = answer.Code == HttpStatusCode.Created && _held.TryAdd(key, true);
        return answer.Code == HttpStatusCode.Conflict ? NameIn(Encoding.UTF8.GetString(answer.Body)) : null;
    }

    /// <inheritdoc/>
    public IReadOnlyDictionary<ActionKey, string> LeadersOf(IReadOnlyCollection<ActionKey> keys)
    {
        Enter();
        var told = keys.Chunk(EndpointProtocol.MostLines)
            .SelectMany(some => client.Ask(HttpMethod.Post, EndpointProtocol.Leads, Lines(some), Headers).Lines)
            .Select(line => line.Split(' ', 2)).Where(parts => parts.Length == 2)
            .ToLookup(parts => parts[0], parts => NameIn(parts[1]), StringComparer.Ordinal);
        return keys.Distinct().Where(key => told.Contains(key.Digest.Hex)).ToDictionary(key => key, key => told[key.Digest.Hex].First());
    }

    /// <inheritdoc/>
    public void GiveUp(ActionKey key)
    {
        if (_held.TryRemove(key, out _))
        {
            _given[key] = true;
            ReleaseSoon();
        }
    }

    /// <summary>Tells that this client is still there.</summary>
    public void Renew() => _lease = client.Ask(HttpMethod.Put, _path, Encoding.UTF8.GetBytes(NameIn(who))).Lease ?? _lease;

    public void Dispose()
    {
        lock (_entering)
        {
            _isClosed = true;
            if (_timer is null)
            {
                return;
            }

            _timer.Dispose();
        }

        TryTell(() => client.Ask(HttpMethod.Delete, _path, isPatient: false));
    }

    private static byte[] Lines(IEnumerable<ActionKey> keys) => Encoding.ASCII.GetBytes(string.Concat(keys.Select(key => key.Digest.Hex + "\n")));

    /// <summary>What others call themselves comes to a terminal.</summary>
    private static string NameIn(string text) => new([.. text.Where(letter => !char.IsControl(letter)).Take(EndpointProtocol.LongestName)]);

    /// <summary>What is not told now is told with the next renewal, or at the end.</summary>
    private static bool TryTell(Action tell)
    {
        try
        {
            tell();
            return true;
        }
        catch (Exception cause) when (cause is EndpointAwayException or ObjectDisposedException)
        {
            // Also when a renewal was under way as this client closed.
            return false;
        }
    }

    private EndpointAnswer Ask(ActionKey key) => client.Ask(HttpMethod.Put, EndpointProtocol.Lead + key.Digest.Hex, headers: Headers);

    private void Enter()
    {
        lock (_entering)
        {
            if (_timer is null && !_isClosed)
            {
                Renew();
                _timer = clock.CreateTimer(_ => RenewInTurn(), null, _lease / Renewals, Timeout.InfiniteTimeSpan);
            }
        }
    }

    // One after the other, however slow the endpoint is.
    private void RenewInTurn()
    {
        TryTell(Renew);
        ReleaseSoon();
        lock (_entering)
        {
            if (!_isClosed)
            {
                _timer!.Change(_lease / Renewals, Timeout.InfiniteTimeSpan);
            }
        }
    }

    private void ReleaseSoon()
    {
        if (!_given.IsEmpty && Interlocked.Exchange(ref _isReleasing, 1) == 0)
        {
            _ = Task.Run(Release);
        }
    }

    private void Release()
    {
        Volatile.Write(ref _isReleasing, 0);
        lock (_releasing)
        {
            while (_given.Keys.Take(EndpointProtocol.MostLines).ToList() is { Count: > 0 } keys && TryTell(() => client.Ask(HttpMethod.Delete, EndpointProtocol.Leads, Lines(keys), Headers)))
            {
                keys.ForEach(key => _given.TryRemove(key, out _));
            }
        }
    }

    /// <summary>What was given back and is wanted again: no release that comes later frees it.</summary>
    private void KeepGiven(ActionKey key)
    {
        if (_given.ContainsKey(key))
        {
            lock (_releasing)
            {
                _given.TryRemove(key, out _);
            }
        }
    }
}
