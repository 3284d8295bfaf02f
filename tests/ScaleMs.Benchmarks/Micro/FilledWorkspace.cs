using ScaleMs.Core.Identity;
using ScaleMs.Store;
using ScaleMs.Store.Disk;

namespace ScaleMs.Benchmarks.Micro;

/// <summary>A temporary workspace whose store holds the records of so many steps, all up to date.</summary>
internal sealed class FilledWorkspace : IDisposable
{
    private const int Batch = 1000;

    public FilledWorkspace(int steps) => Fill(Folder, steps);

    public string Folder { get; } = Directory.CreateTempSubdirectory("scalems-micro-").FullName;

    /// <summary>Makes a folder such a workspace.</summary>
    public static void Fill(string folder, int steps)
    {
        File.WriteAllText(Path.Combine(folder, SampleSteps.Source), "source\n");
        var source = new PhysicalDisk().Hash(Path.Combine(folder, SampleSteps.Source), [ContentIdentity.Bytes]).Bytes;
        using var store = FileStore.Open(folder);
        foreach (var numbers in Enumerable.Range(0, steps).Chunk(Batch))
        {
            store.Commit([.. numbers.SelectMany(number => SampleSteps.Records(number, source))]);
        }
    }

    public FileStore Open() => FileStore.Open(Folder);

    public void Dispose() => Directory.Delete(Folder, recursive: true);
}
