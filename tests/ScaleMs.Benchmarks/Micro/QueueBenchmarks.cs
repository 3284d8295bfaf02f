using BenchmarkDotNet.Attributes;
using ScaleMs.Core.Model;
using ScaleMs.Core.Scheduling;

namespace ScaleMs.Benchmarks.Micro;

/// <summary>The next decision of the ready queue while 50,000 steps wait; one that ends makes room for it.</summary>
[MemoryDiagnoser]
public class QueueBenchmarks
{
    private const int Steps = 50_000;

    private ReadyQueue _queue = null!;
    private Queue<Admission> _running = null!;

    [Params(1, 10, 1_000)]
    public int Claims { get; set; }

    [GlobalSetup]
    public void Fill()
    {
        (_queue, _running) = (new ReadyQueue(new Resources(16, 1L << 40)) { MostYounger = int.MaxValue }, new Queue<Admission>());
        for (var i = 0; i < Steps; i++)
        {
            Add(i);
        }

        Start();
    }

    /// <summary>One ends, what fits starts, and as many become ready, so that there are always as many. Nothing is held by age: that would spare the search.</summary>
    [Benchmark]
    public void Next()
    {
        _queue.Return(_running.Dequeue());
        Start();
    }

    private void Start()
    {
        while (_queue.Take() is { } admission)
        {
            _running.Enqueue(admission);
            Add(admission.Item);
        }
    }

    private void Add(int item) => _queue.Add(item, new Resources(1, (long)(item % Claims) << 20), item * 7919L % 1000);
}
