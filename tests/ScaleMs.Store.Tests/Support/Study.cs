using ScaleMs.Core.Digests;
using ScaleMs.Core.Model;
using ScaleMs.Core.Records;
using ScaleMs.Store.Maintenance;

namespace ScaleMs.Store.Tests.Support;

/// <summary>A store with some history: what a run would have recorded, without an engine.</summary>
public sealed class Study : IDisposable
{
    public static readonly DateTimeOffset Now = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);

    public Workspace Workspace { get; } = new();

    public OpenOptions Options { get; } = Workspace.Options(clock: new FakeClock());

    public void Dispose() => Workspace.Dispose();

    /// <summary>Records a step's result with one output of that content, and that the step stands at it.</summary>
    public Digest Record(FileStore store, int key, int step, string content, double seconds = 1, int daysAgo = 0, string run = "run-1")
    {
        var blob = store.Put(Workspace.Write("output", content));
        var at = Now.AddDays(-daysAgo);
        store.Commit(
            Sample.Result(key, step) with
            {
                Outputs = [new OutputRecord(ArtifactPath.Parse("out.xtc"), blob.Bytes, blob.Length, blob.Bytes, "bytes", 1)],
                Log = default, WallSeconds = seconds, FinishedAt = at, RunId = run,
            },
            new StepStateRecord(Sample.Step(step), Sample.Key(key), run, at));
        return blob.Bytes;
    }

    /// <summary>A folder in <c>work/</c> and the intent that names it.</summary>
    public string Attempt(FileStore? store, int key, int step, string name, int daysAgo = 0)
    {
        store?.Commit(new IntentRecord(Sample.Step(step), Sample.Key(key), $"work/{name}", "run-1", Now.AddDays(-daysAgo)));
        var folder = Directory.CreateDirectory(Path.Combine(Workspace.Store, "work", name, "files")).FullName;
        File.WriteAllText(Path.Combine(folder, "state.cpt"), "checkpoint");
        return Path.GetDirectoryName(folder)!;
    }

    public Digest Put(FileStore store, string content) => store.Put(Workspace.Write("output", content)).Bytes;

    public string BlobPath(Digest digest) => Path.Combine(Workspace.Store, "blobs", "sha256", digest.Hex[..2], digest.Hex[2..]);

    public bool Has(Digest digest) => File.Exists(BlobPath(digest));

    public VerifyReport Verify() => StoreVerifier.Verify(Workspace.Root, Options);

    public VerifyReport Repair() => StoreVerifier.Repair(Workspace.Root, Options);

    public GcReport Collect(GcRequest? request = null) => GarbageCollector.Collect(Workspace.Root, request ?? new GcRequest(), Options);

    /// <summary>Overwrites a file that is read-only, as root or an owner can.</summary>
    public static void Overwrite(string path, string text)
    {
        File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        File.WriteAllText(path, text);
    }
}
