using System.Threading.Channels;
using ScaleMs.Core.Records;

namespace ScaleMs.Store.Cache;

/// <summary>Copies results to the cache behind the run's back: large files must not hold up the thread that commits.</summary>
/// <remarks>Bounded: if the cache is slower than the work for long, the work waits. Thread-safe.</remarks>
/// <param name="offer">Takes one result; must not throw.</param>
internal sealed class OfferQueue(Action<ActionResult> offer) : IDisposable
{
    private const int Capacity = 1024;

    /// <summary>Flushes wait for the disk, not the processor.</summary>
    private const int Width = 4;

    private readonly Channel<ActionResult> _offers = Channel.CreateBounded<ActionResult>(Capacity);
    private readonly List<Task> _workers = [];
    private readonly Lock _gate = new();
    private int _open;

    /// <summary>How many results wait or are being copied.</summary>
    public int Open => Volatile.Read(ref _open);

    public void Add(ActionResult result)
    {
        StartWhenFirst();
        Interlocked.Increment(ref _open);
        if (!_offers.Writer.TryWrite(result))
        {
            _offers.Writer.WriteAsync(result).AsTask().GetAwaiter().GetResult();
        }
    }

    /// <summary>Takes nothing more and waits for what is open.</summary>
    /// <param name="patience">How long to wait at most.</param>
    /// <returns>Whether all is done.</returns>
    public bool Drain(TimeSpan patience)
    {
        _offers.Writer.TryComplete();
        return Task.WaitAll([.. _workers], patience);
    }

    public void Dispose() => Drain(Timeout.InfiniteTimeSpan);

    private void StartWhenFirst()
    {
        lock (_gate)
        {
            while (_workers.Count < Width)
            {
                _workers.Add(Task.Run(WorkAsync));
            }
        }
    }

    private async Task WorkAsync()
    {
        await foreach (var result in _offers.Reader.ReadAllAsync().ConfigureAwait(false))
        {
            offer(result);
            Interlocked.Decrement(ref _open);
        }
    }
}
