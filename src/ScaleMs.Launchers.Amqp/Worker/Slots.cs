using ScaleMs.Launchers.Amqp.Protocol;

namespace ScaleMs.Launchers.Amqp.Worker;

/// <summary>Cores, memory and graphics processors of a worker, given in the order in which they were asked for: what is large is not starved by what is small.</summary>
internal sealed class Slots
{
    private readonly Lock _lock = new();
    private readonly LinkedList<Waiter> _waiting = new();
    private readonly Stack<string> _gpus;
    private readonly int _allCpus;
    private readonly long _allMemory;
    private readonly int _allGpus;
    private int _cpus;
    private long _memory;

    internal Slots(int cpus, long memoryBytes, IReadOnlyList<string> gpus)
    {
        _cpus = _allCpus = cpus;
        _memory = _allMemory = memoryBytes;
        _gpus = new Stack<string>(gpus.Reverse());
        _allGpus = gpus.Count;
    }

    internal int Free
    {
        get
        {
            lock (_lock)
            {
                return _cpus;
            }
        }
    }

    /// <summary>Why a class never fits here; null when it does.</summary>
    internal string? WhyNever(ResourceClass asked) =>
        asked.Cpus < 1 || asked.MemoryBytes < 0 || asked.Gpus < 0 ? "it asks for less than nothing"
        : asked.Cpus > _allCpus ? $"it asks for {asked.Cpus} cores, and there are {_allCpus}"
        : _allMemory > 0 && asked.MemoryBytes > _allMemory ? $"it asks for {asked.MemoryBytes >> 20} MiB of memory, and there are {_allMemory >> 20}"
        : asked.Gpus > _allGpus ? $"it asks for {asked.Gpus} graphics processors, and there are {_allGpus}"
        : null;

    /// <summary>How many actions of a class run here at once.</summary>
    internal int CountOf(ResourceClass asked)
    {
        var count = _allCpus / Math.Max(1, asked.Cpus);
        count = _allMemory > 0 && asked.MemoryBytes > 0 ? (int)Math.Min(count, _allMemory / asked.MemoryBytes) : count;
        return Math.Max(1, asked.Gpus > 0 ? Math.Min(count, _allGpus / asked.Gpus) : count);
    }

    internal async Task<SlotGrant> TakeAsync(ResourceClass asked, CancellationToken cancellation)
    {
        var waiter = new Waiter(asked);
        LinkedListNode<Waiter> node;
        lock (_lock)
        {
            node = _waiting.AddLast(waiter);
            Serve();
        }

        try
        {
            return await waiter.Given.Task.WaitAsync(cancellation).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            Leave(node);
            throw;
        }
    }

    private void Leave(LinkedListNode<Waiter> node)
    {
        lock (_lock)
        {
            if (node.List is not null)
            {
                _waiting.Remove(node);
                Serve();
                return;
            }
        }

        node.Value.Given.Task.Result.Dispose(); // it was given just now
    }

    private void GiveBack(ResourceClass given, IReadOnlyList<string> devices)
    {
        lock (_lock)
        {
            _cpus += given.Cpus;
            _memory += given.MemoryBytes;
            foreach (var device in devices)
            {
                _gpus.Push(device);
            }

            Serve();
        }
    }

    private void Serve()
    {
        while (_waiting.First is { } first && Fits(first.Value.Asked))
        {
            _waiting.RemoveFirst();
            var asked = first.Value.Asked;
            _cpus -= asked.Cpus;
            _memory -= asked.MemoryBytes;
            var devices = Enumerable.Range(0, asked.Gpus).Select(_ => _gpus.Pop()).ToList();
            first.Value.Given.SetResult(new SlotGrant(devices, () => GiveBack(asked, devices)));
        }
    }

    private bool Fits(ResourceClass asked) =>
        asked.Cpus <= _cpus && asked.Gpus <= _gpus.Count && (_allMemory == 0 || asked.MemoryBytes <= _memory);

    private sealed record Waiter(ResourceClass Asked)
    {
        internal TaskCompletionSource<SlotGrant> Given { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}

/// <summary>What an action has until it ends.</summary>
internal sealed class SlotGrant(IReadOnlyList<string> devices, Action giveBack) : IDisposable
{
    private int _isBack;

    internal IReadOnlyList<string> Devices => devices;

    /// <inheritdoc/>
    public void Dispose()
    {
        if (Interlocked.Exchange(ref _isBack, 1) == 0)
        {
            giveBack();
        }
    }
}
