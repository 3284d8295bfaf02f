using System.Diagnostics;
using ScaleMs.Store.Database;
using ScaleMs.Store.Maintenance;
using ScaleMs.Store.Tests.Support;

namespace ScaleMs.Store.Tests.Maintenance;

/// <summary>What only reads, on a file system that is mounted read-only.</summary>
public sealed class ReadOnlyTests : IDisposable
{
    private readonly Study _study = new();

    public void Dispose()
    {
        Run("umount", "-l", _study.Workspace.Store);
        _study.Dispose();
    }

    [Fact]
    public void Readers_OnAReadOnlyFileSystem_Work()
    {
        _study.Workspace.Open(_study.Options).Using(store =>
        {
            _study.Record(store, 1, 1, "first");
            _study.Put(store, "nobody's");
        });
        Assert.SkipUnless(OperatingSystem.IsLinux() && Run("mount", "--bind", _study.Workspace.Store, _study.Workspace.Store), "needs root to mount");
        Assert.SkipUnless(Run("mount", "-o", "remount,ro,bind", _study.Workspace.Store), "needs the right to remount");
        Assert.Throws<IOException>(() => File.WriteAllText(Path.Combine(_study.Workspace.Store, "probe"), "x"));

        Assert.Empty(_study.Verify().Findings);
        Assert.Equal(1, StoreUsage.Of(_study.Workspace.Root).Tasks[0].Files);
        Assert.Single(_study.Collect(new GcRequest { IsPreview = true }).Items);
        using var reading = ReadingStore.Open(_study.Workspace.Root, _study.Options);
        Assert.True(reading.HasBlob(reading.State.Results[Sample.Key(1)].Outputs[0].Bytes));
        using var database = JournalDatabase.Open(_study.Workspace.Root);
        Assert.NotNull(database.FindState(Sample.Step(1)));
        database.Refresh();
        database.Rebuild();
        Assert.Contains("mounted read-only", Assert.Throws<Core.Ports.StoreException>(() => _study.Collect()).Message, StringComparison.Ordinal);
    }

    private static bool Run(params string[] command)
    {
        var start = new ProcessStartInfo(command[0], command[1..]) { RedirectStandardError = true };
        using var process = Process.Start(start)!;
        process.StandardError.ReadToEnd();
        process.WaitForExit();
        return process.ExitCode == 0;
    }
}
