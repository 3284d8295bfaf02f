using System.Text.Json;
using ScaleMs.Core.Ports;
using ScaleMs.Store.Layout;
using ScaleMs.Store.Locking;
using ScaleMs.Store.Tests.Support;

namespace ScaleMs.Store.Tests;

public sealed class LockTests : IDisposable
{
    private readonly Workspace _workspace = new();

    private string OwnerFile => Path.Combine(_workspace.Store, "owner.json");

    public void Dispose() => _workspace.Dispose();

    [Fact]
    public void Open_HeldByAnotherProcess_NamesItAndSaysToWait()
    {
        using var other = OtherProcess.Hold(_workspace);
        var refusal = Assert.Throws<StoreInUseException>(() => _workspace.Open());
        Assert.Contains($"in use by process {other.Id} on host 'node-7' since 20", refusal.Message, StringComparison.Ordinal);
        Assert.Contains(" UTC: the other run", refusal.Message, StringComparison.Ordinal);
        Assert.Contains("Wait for it to end", refusal.Message, StringComparison.Ordinal);
        Assert.Contains("never delete anything", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Open_OwnerWasKilled_IsTakenOverWithoutAWord()
    {
        using (var other = OtherProcess.Hold(_workspace))
        {
            other.Kill();
        }

        Assert.True(File.Exists(OwnerFile));
        using var store = _workspace.Open();
        using var owner = JsonDocument.Parse(File.ReadAllText(OwnerFile));
        Assert.Equal(Environment.ProcessId, owner.RootElement.GetProperty("pid").GetInt32());
    }

    [Fact]
    public async Task Open_LockIsStillHeldByWhatAKilledOwnerWasStarting_WaitsForIt()
    {
        _workspace.Open().Dispose();
        var layout = StoreLayout.Of(_workspace.Root, Path.GetFileName(_workspace.Store));
        var held = FileLock.TryTake(layout.LockFile)!;
        (Owner.Of(Workspace.Options()) with { StartTicks = 1 }).Write(layout);

        var opening = Task.Run(() => _workspace.Open());
        Assert.NotSame(opening, await Task.WhenAny(opening, Task.Delay(TimeSpan.FromMilliseconds(300))));
        await held.DisposeAsync();
        (await opening).Dispose();
    }

    [Fact]
    public void Open_TwiceInOneProcess_IsRefused()
    {
        using var store = _workspace.Open();
        Assert.Throws<StoreInUseException>(() => _workspace.Open());
    }

    [Fact]
    public void Dispose_InGoodOrder_RemovesTheOwnerAndKeepsTheLockFile()
    {
        _workspace.Open().Dispose();
        Assert.False(File.Exists(OwnerFile));
        Assert.True(File.Exists(Path.Combine(_workspace.Store, "lock")));
        _workspace.Open().Dispose();
    }

    [Fact]
    public void Format_Newer_IsRefusedWithAdviceAndNothingChanged()
    {
        Directory.CreateDirectory(_workspace.Store);
        File.WriteAllText(Path.Combine(_workspace.Store, "store.json"), """{"format":2,"chunks":true}""");
        var refusal = Assert.Throws<StoreException>(() => _workspace.Open());
        Assert.Contains("has format 2, and this version of ScaleMs reads format 1: use the newer version", refusal.Message, StringComparison.Ordinal);
        Assert.Single(Directory.GetFileSystemEntries(_workspace.Store));
    }

    [Theory]
    [InlineData("")]
    [InlineData("{")]
    [InlineData("[]")]
    [InlineData("{\"format\":\"one\"}")]
    [InlineData("{\"form\":1}")]
    public void Format_Damaged_SaysWhatShouldBeThere(string text)
    {
        Directory.CreateDirectory(_workspace.Store);
        File.WriteAllText(Path.Combine(_workspace.Store, "store.json"), text);
        var refusal = Assert.Throws<StoreException>(() => _workspace.Open());
        Assert.Contains("store.json' is damaged: it should hold the store's format, such as {\"format\":1}", refusal.Message, StringComparison.Ordinal);
    }
}
