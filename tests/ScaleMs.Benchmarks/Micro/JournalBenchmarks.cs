using BenchmarkDotNet.Attributes;
using ScaleMs.Core.Records;
using ScaleMs.Store;

namespace ScaleMs.Benchmarks.Micro;

/// <summary>Committing what one executed step leaves, to stores that hold few or many records.</summary>
[MemoryDiagnoser]
public class JournalBenchmarks
{
    private FilledWorkspace _workspace = null!;
    private FileStore _store = null!;
    private StoreRecord[] _records = null!;

    [Params(1_000, 100_000)]
    public int Steps { get; set; }

    [GlobalSetup]
    public void Open()
    {
        _workspace = new FilledWorkspace(Steps);
        _store = _workspace.Open();
        _records = SampleSteps.Records(1);
    }

    [GlobalCleanup]
    public void Remove()
    {
        _store.Dispose();
        _workspace.Dispose();
    }

    [Benchmark]
    public void Append() => _store.Commit(_records);
}
