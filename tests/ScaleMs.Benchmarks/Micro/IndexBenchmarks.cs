using BenchmarkDotNet.Attributes;
using ScaleMs.Store;

namespace ScaleMs.Benchmarks.Micro;

/// <summary>Opening a store whose index is whole.</summary>
[MemoryDiagnoser]
public class IndexBenchmarks
{
    private FilledWorkspace _workspace = null!;
    private FileStore? _store;

    [Params(1_000, 10_000, 100_000)]
    public int Steps { get; set; }

    [GlobalSetup]
    public void Fill() => _workspace = new FilledWorkspace(Steps);

    [IterationCleanup]
    public void Close() => _store?.Dispose();

    [GlobalCleanup]
    public void Remove() => _workspace.Dispose();

    [Benchmark]
    public int Load() => (_store = _workspace.Open()).State.Results.Count;
}
