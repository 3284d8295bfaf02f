namespace ScaleMs.Launchers.Ssh;

/// <summary>Gives attempts slots on hosts: on the one with the most free slots, in the order in which they asked. Thread-safe.</summary>
/// <remarks>
/// An attempt that needs many slots may be passed over by <see cref="MostPassed"/> smaller ones; then slots are held for it. A waiting attempt costs an
/// entry of a list, and no timer.
/// </remarks>
internal sealed class HostQueue
{
    internal const int MostPassed = 32;

    private readonly Lock _lock = new();
    private readonly Place[] _places;
    private readonly LinkedList<Waiter> _waiters = [];

    /// <param name="slots">The slots of each host.</param>
    internal HostQueue(IReadOnlyList<int> slots) => _places = [.. slots.Select(count => new Place { Slots = count, Free = count })];

    /// <summary>The most slots that one attempt can have.</summary>
    internal int MostSlots => _places.Max(place => place.Slots);

    /// <summary>How many wait.</summary>
    internal int Waiting
    {
        get
        {
            lock (_lock)
            {
                return _waiters.Count;
            }
        }
    }

    /// <summary>Waits for slots on one host.</summary>
    /// <param name="slots">How many, at most <see cref="MostSlots"/>.</param>
    /// <param name="except">Hosts that it does not want.</param>
    /// <param name="cancellation">Ends the wait.</param>
    /// <returns>The index of the host.</returns>
    internal async Task<int> AcquireAsync(int slots, IReadOnlySet<int> except, CancellationToken cancellation)
    {
        var waiter = new Waiter(slots, except);
        var entry = new LinkedListNode<Waiter>(waiter);
        lock (_lock)
        {
            _waiters.AddLast(entry);
            Match();
        }

        await using var registration = cancellation.Register(() => Leave(entry, cancellation)).ConfigureAwait(false);
        return await waiter.Task.ConfigureAwait(false);
    }

    /// <summary>Takes slots of a host for an attempt that is there already; it may then have fewer than none.</summary>
    internal void Take(int host, int slots)
    {
        lock (_lock)
        {
            _places[host].Free -= slots;
        }
    }

    /// <summary>Gives slots back.</summary>
    internal void Release(int host, int slots)
    {
        lock (_lock)
        {
            _places[host].Free += slots;
            Match();
        }
    }

    /// <summary>Says whether attempts may be placed on a host.</summary>
    internal void SetUp(int host, bool isUp)
    {
        lock (_lock)
        {
            _places[host].IsUp = isUp;
            Match();
        }
    }

    /// <summary>Tells everybody who waits that there is no host.</summary>
    internal void Fail(Func<Exception> trouble)
    {
        lock (_lock)
        {
            foreach (var waiter in _waiters)
            {
                waiter.TrySetException(trouble());
            }

            _waiters.Clear();
        }
    }

    private void Leave(LinkedListNode<Waiter> entry, CancellationToken cancellation)
    {
        lock (_lock)
        {
            if (entry.List is not null)
            {
                _waiters.Remove(entry);
                entry.Value.TrySetCanceled(cancellation);
                Match();
            }
        }
    }

    /// <summary>Places whoever fits; the lock is held.</summary>
    private void Match()
    {
        LinkedListNode<Waiter>? passed = null;
        for (var entry = _waiters.First; entry is not null && HasFree() && passed?.Value.Passed is null or < MostPassed;)
        {
            var (current, host) = (entry, Fitting(entry.Value));
            entry = entry.Next;
            if (host < 0)
            {
                passed ??= IsEverFitting(current.Value) ? current : null;
                continue;
            }

            _places[host].Free -= current.Value.Slots;
            _waiters.Remove(current);
            current.Value.TrySetResult(host);
            if (passed is not null)
            {
                passed.Value.Passed++;
            }
        }
    }

    private bool HasFree() => Array.Exists(_places, place => place is { IsUp: true, Free: > 0 });

    /// <summary>Nothing is held back for an attempt whose host is away.</summary>
    private bool IsEverFitting(Waiter waiter) => Array.Exists(_places, place => place.IsUp && place.Slots >= waiter.Slots);

    private int Fitting(Waiter waiter)
    {
        var best = -1;
        for (var i = 0; i < _places.Length; i++)
        {
            if (_places[i].IsUp && _places[i].Free >= waiter.Slots && !waiter.Except.Contains(i) && (best < 0 || _places[i].Free > _places[best].Free))
            {
                best = i;
            }
        }

        return best;
    }

    private sealed class Place
    {
        internal required int Slots { get; init; }

        internal required int Free { get; set; }

        internal bool IsUp { get; set; }
    }

    private sealed class Waiter(int slots, IReadOnlySet<int> except) : TaskCompletionSource<int>(TaskCreationOptions.RunContinuationsAsynchronously)
    {
        internal int Slots => slots;

        internal IReadOnlySet<int> Except => except;

        internal int Passed { get; set; }
    }
}
