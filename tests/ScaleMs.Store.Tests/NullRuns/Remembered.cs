using ScaleMs.Core.Digests;
using ScaleMs.Core.Records;
using ScaleMs.Store.Disk;
using ScaleMs.Store.NullRuns;
using ScaleMs.Store.Tests.Support;

namespace ScaleMs.Store.Tests.NullRuns;

/// <summary>A workspace with a few files and a null run that looked at them.</summary>
public sealed class Remembered : IDisposable
{
    private readonly PhysicalDisk _disk = new();

    public Remembered()
    {
        Workspace = new Workspace();
        Directory.CreateDirectory(PathOf("folder"));
        Workspace.Write("source", "source");
        Workspace.Write("empty", string.Empty);
        Workspace.Write("folder/inner", "inner");
        File.CreateSymbolicLink(PathOf("link"), "source");
    }

    public static Digest Circumstances { get; } = Digest.OfText("circumstances");

    public static Digest PureCode { get; } = Digest.OfText("code");

    public Workspace Workspace { get; }

    /// <summary>The remembered null run's file.</summary>
    public string Memory => Directory.GetFiles(Path.Combine(Workspace.Store, "null-runs")).Single();

    public string PathOf(string name) => Path.Combine(Workspace.Root, name);

    /// <summary>Remembers a null run that looked at every file of the workspace, at the link itself, and at a path where nothing is.</summary>
    public Remembered Keep(IReadOnlyList<string>? more = null, Digest? circumstances = null)
    {
        var store = Workspace.Open();
        store.Commit(Sample.State(1, 1));
        store.Dispose();
        store.Remember(new NullRun
        {
            Circumstances = circumstances ?? Circumstances,
            PureCode = PureCode,
            Target = "analyse",
            Steps = 3,
            Tasks = [new TaskCount("prepare", 1), new TaskCount("analyse", 2)],
            SavedSeconds = 1.5,
            Looks =
            [
                LookAt("source"), LookAt("empty"), LookAt("folder/inner"), LookAt("folder"), LookAt("link"), LookAt("link", followLinks: false), LookAt("absent"),
                new Look(PathOf("source"), true, _disk.Stat(PathOf("source")), default), .. (more ?? []).Select(name => LookAt(name)),
            ],
        });
        return this;
    }

    public bool IsKnownPure(Digest code) => NullRunMemory.IsKnownPure(Workspace.Root, ".scalems", code);

    public bool IsConfirmed(bool isRehashed = false) => Confirm(isRehashed) is not null;

    public NullRun? Confirm(bool isRehashed = false) => NullRunMemory.Confirm(Workspace.Root, ".scalems", Circumstances, isRehashed);

    public void Dispose() => Workspace.Dispose();

    private Look LookAt(string name, bool followLinks = true)
    {
        var stat = _disk.Stat(PathOf(name), followLinks);
        return new Look(name, followLinks, stat, stat is { IsFile: true } ? _disk.Hash(PathOf(name), []).Bytes : default);
    }
}
