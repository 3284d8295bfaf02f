using System.Diagnostics;
using ScaleMs.Core.Ports;
using ScaleMs.Store.Tests.Support;

namespace ScaleMs.Store.Tests;

public sealed class DiskFullTests : IDisposable
{
    private readonly Workspace _mount = new();

    public void Dispose()
    {
        Run("umount", "-l", _mount.Root);
        _mount.Dispose();
    }

    [Fact]
    public void Put_DiskFull_SaysSoAndStaysUsable()
    {
        MountOneMebibyte();
        using var elsewhere = new Workspace();
        using var store = _mount.Open();
        var refusal = Assert.Throws<StoreException>(() => store.Put(elsewhere.Write("large", new string('x', 3 << 20))));
        Assert.Contains("the disk is full", refusal.Message, StringComparison.Ordinal);
        Assert.True(store.HasBlob(store.Put(elsewhere.Write("small", "x")).Bytes));
    }

    [Fact]
    public void Commit_DiskFull_LeavesStateAndJournalAsBefore()
    {
        MountOneMebibyte();
        using (var store = _mount.Open())
        {
            store.Commit(Sample.State(1, 1));
            var tooLarge = Sample.State(2, 2) with { RunId = new string('x', 3 << 20) };
            var refusal = Assert.Throws<StoreException>(() => store.Commit(Sample.State(3, 3), tooLarge));
            Assert.Contains("the disk is full", refusal.Message, StringComparison.Ordinal);
            Assert.Equal(StateText.Of([Sample.State(1, 1)]), StateText.Of(store.State));
            store.Commit(Sample.State(4, 4));
        }

        using var reopened = _mount.Open();
        Assert.Equal(StateText.Of([Sample.State(1, 1), Sample.State(4, 4)]), StateText.Of(reopened.State));
        Assert.Empty(reopened.Damage);
        Assert.Equal(0, reopened.TornTails);
    }

    [Fact]
    public void Open_ReadOnlyFileSystem_SaysSo()
    {
        MountOneMebibyte();
        Assert.SkipUnless(Run("mount", "-o", "remount,ro", _mount.Root), "needs the right to remount");
        var refusal = Assert.Throws<StoreException>(() => _mount.Open());
        Assert.Contains("mounted read-only", refusal.Message, StringComparison.Ordinal);
    }

    private void MountOneMebibyte() =>
        Assert.SkipUnless(OperatingSystem.IsLinux() && Run("mount", "-t", "tmpfs", "-o", "size=1m", "tmpfs", _mount.Root), "needs root to mount a small tmpfs");

    private static bool Run(string program, params string[] arguments)
    {
        var start = new ProcessStartInfo(program, arguments) { RedirectStandardError = true };
        using var process = Process.Start(start)!;
        process.StandardError.ReadToEnd();
        process.WaitForExit();
        return process.ExitCode == 0;
    }
}
