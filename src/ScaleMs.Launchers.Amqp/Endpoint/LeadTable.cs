namespace ScaleMs.Launchers.Amqp.Endpoint;

/// <summary>Who makes what, of the clients of an endpoint.</summary>
/// <remarks>
/// A lead is its client's for as long as the client is heard of, so one request renews all that it leads. When nothing was heard of it for the lease's time,
/// the first who asks gets the lead, and only that one. Thread-safe.
/// </remarks>
/// <param name="files">Keeps leads over a restart of the endpoint.</param>
/// <param name="lease">How long a client may be silent.</param>
/// <param name="clock">The endpoint's clock, the only one that counts.</param>
internal sealed class LeadTable(LeadFiles files, TimeSpan lease, TimeProvider clock)
{
    /// <summary>What is led beyond that, everybody leads.</summary>
    internal const int Most = 1_000_000;

    /// <summary>A client that was silent for so many leases is forgotten with all that it led.</summary>
    private const int Forgotten = 60;

    private readonly Lock _gate = new();
    private readonly Dictionary<string, Client> _clients = new(StringComparer.Ordinal);
    private readonly Dictionary<string, Client> _leads = new(StringComparer.Ordinal);
    private long _sweptAt = clock.GetTimestamp();

    internal TimeSpan Lease => lease;

    /// <summary>Takes up what was led when the endpoint ended: those clients had no chance to be heard of.</summary>
    internal void TakeUp()
    {
        lock (_gate)
        {
            foreach (var (key, id, who) in files.Read())
            {
                Own(key, Known(id, who));
            }
        }
    }

    /// <summary>A client is there.</summary>
    internal void Renew(string id, string who)
    {
        lock (_gate)
        {
            Sweep();
            Known(id, who).HeardAt = clock.GetTimestamp();
        }
    }

    /// <summary>Leads, unless another client does.</summary>
    /// <returns>Whether the client is known, and who leads if it is another one.</returns>
    internal (bool IsKnown, string? Leader) Take(string key, string id)
    {
        lock (_gate)
        {
            if (!_clients.TryGetValue(id, out var client))
            {
                return (false, null);
            }

            client.HeardAt = clock.GetTimestamp();
            if (LeaderOf(key, client) is { } leader)
            {
                return (true, leader);
            }

            if (_leads.Count < Most && Own(key, client))
            {
                files.Write(key, id, client.Who);
            }

            return (true, null);
        }
    }

    /// <summary>Those of some actions that other clients lead, and their names.</summary>
    internal IReadOnlyList<(string Key, string Leader)> LedByOthers(IEnumerable<string> keys, string id)
    {
        lock (_gate)
        {
            var asks = _clients.GetValueOrDefault(id);
            return [.. keys.Select(key => (key, LeaderOf(key, asks))).Where(led => led.Item2 is not null).Select(led => (led.key, led.Item2!))];
        }
    }

    /// <summary>A client leads no longer; of what another took over meanwhile it has nothing to say.</summary>
    internal void Release(IEnumerable<string> keys, string id)
    {
        lock (_gate)
        {
            if (_clients.TryGetValue(id, out var client))
            {
                foreach (var key in keys.Where(client.Leads.Remove))
                {
                    Free(key);
                }
            }
        }
    }

    /// <summary>A client goes, and leads nothing any more.</summary>
    internal void Leave(string id)
    {
        lock (_gate)
        {
            if (_clients.Remove(id, out var client))
            {
                client.Leads.ToList().ForEach(Free);
            }
        }
    }

    private string? LeaderOf(string key, Client? asks) => _leads.TryGetValue(key, out var leader) && leader != asks && !IsSilent(leader, lease) ? leader.Who : null;

    private bool IsSilent(Client client, TimeSpan time) => clock.GetElapsedTime(client.HeardAt) > time;

    /// <returns>Whether it had it not already.</returns>
    private bool Own(string key, Client client)
    {
        if (_leads.TryGetValue(key, out var former))
        {
            former.Leads.Remove(key);
        }

        _leads[key] = client;
        return client.Leads.Add(key);
    }

    private void Free(string key)
    {
        _leads.Remove(key);
        files.Delete(key);
    }

    private Client Known(string id, string who)
    {
        if (!_clients.TryGetValue(id, out var client))
        {
            _clients.Add(id, client = new Client(who) { HeardAt = clock.GetTimestamp() });
        }

        return client;
    }

    private void Sweep()
    {
        if (clock.GetElapsedTime(_sweptAt) > lease)
        {
            _sweptAt = clock.GetTimestamp();
            _clients.Where(client => IsSilent(client.Value, Forgotten * lease)).Select(client => client.Key).ToList().ForEach(Leave);
        }
    }

    /// <summary>A client and what it leads.</summary>
    private sealed class Client(string who)
    {
        internal string Who { get; } = who;

        internal HashSet<string> Leads { get; } = new(StringComparer.Ordinal);

        internal long HeardAt { get; set; }
    }
}
