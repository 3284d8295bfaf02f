using ScaleMs.Core.Ports;
using ScaleMs.Store.Database;
using ScaleMs.Store.Layout;
using ScaleMs.Store.Maintenance;
using ScaleMs.Store.Tests.Support;

namespace ScaleMs.Store.Tests;

/// <summary>Stores of older formats. The formats are made up: in the first the journal has another name.</summary>
public sealed class UpgradeTests : IDisposable
{
    private readonly Workspace _workspace = new();
    private readonly List<string> _applied = [];

    public void Dispose() => _workspace.Dispose();

    private string Former => Path.Combine(_workspace.Store, "records");

    private string FormatText => File.ReadAllText(Path.Combine(_workspace.Store, "store.json"));

    [Fact]
    public void Open_OlderStore_IsUpgradedOnceAndKeepsAllRecords()
    {
        MakeOlder();
        for (var opening = 0; opening < 2; opening++)
        {
            using var store = _workspace.Open(Options());
            Assert.Equal(Sample.Key(1), store.State.Steps[Sample.Step(1)].Key);
            Assert.Equal("{\"format\":3}\n", FormatText);
        }

        Assert.Equal(["move", "mark"], _applied);
        Assert.False(Directory.Exists(Former));
    }

    [Fact]
    public void Open_NewStore_HasThePresentFormatAndIsNotUpgraded()
    {
        _workspace.Open(Options()).Dispose();
        Assert.Equal("{\"format\":3}\n", FormatText);
        Assert.Empty(_applied);
    }

    [Theory]
    [InlineData("before move", "{\"format\":1}\n")]
    [InlineData("within move", "{\"format\":1}\n")]
    [InlineData("after move", "{\"format\":1}\n")]
    [InlineData("before mark", "{\"format\":2}\n")]
    [InlineData("after mark", "{\"format\":2}\n")]
    public void Upgrade_CutOffAnywhere_IsFinishedByTheNextOpening(string point, string format)
    {
        MakeOlder();
        Assert.Throws<StoreException>(() => _workspace.Open(Options(point)));
        Assert.Equal(format, FormatText);
        using var store = _workspace.Open(Options());
        Assert.Equal(Sample.Key(1), store.State.Steps[Sample.Step(1)].Key);
        Assert.Equal("{\"format\":3}\n", FormatText);
    }

    [Fact]
    public void Upgrade_DiskRefuses_SaysWhichStep()
    {
        MakeOlder();
        var refusal = Assert.Throws<StoreException>(() => _workspace.Open(Options("within move")));
        Assert.Contains("upgrade from format 1 (the journal's name)", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Upgrade_OfAStoreInUse_WaitsForItsOwner()
    {
        using var store = _workspace.Open();
        Assert.Throws<StoreInUseException>(() => _workspace.Open(Options()));
        Assert.Empty(_applied);
        Assert.Equal("{\"format\":1}\n", FormatText);
    }

    [Fact]
    public void Upgraded_ByThisVersion_IsRefusedByTheOlderOne()
    {
        _workspace.Open(Options()).Dispose();
        Assert.Contains("has format 3, and this version of ScaleMs reads format 1", Assert.Throws<StoreException>(() => _workspace.Open()).Message, StringComparison.Ordinal);
        Assert.Throws<StoreException>(() => JournalDatabase.Open(_workspace.Root));
    }

    [Fact]
    public void Readers_OfAnOlderStore_ReadAndUpgradeNothing()
    {
        Fill();
        Assert.DoesNotContain(StoreVerifier.Verify(_workspace.Root, Options()).Findings, finding => finding.Kind == FindingKind.Damage);
        GarbageCollector.Collect(_workspace.Root, new GcRequest { IsPreview = true }, Options());
        StoreUsage.Of(_workspace.Root, Options());
        Assert.Empty(_applied);
        Assert.Equal("{\"format\":1}\n", FormatText);
    }

    [Fact]
    public void Maintenance_ThatWrites_UpgradesFirst()
    {
        MakeOlder();
        GarbageCollector.Collect(_workspace.Root, new GcRequest(), Options());
        Assert.Equal("{\"format\":3}\n", FormatText);
        using var store = _workspace.Open(Options());
        Assert.Equal(Sample.Key(1), store.State.Steps[Sample.Step(1)].Key);
    }

    private void Fill()
    {
        using var store = _workspace.Open();
        store.Commit(Sample.Result(1, 1, 7), Sample.State(1, 1));
    }

    private void MakeOlder()
    {
        Fill();
        Directory.Move(_workspace.Journal, Former);
        File.Delete(_workspace.Index);
    }

    /// <param name="dyingAt">Where an upgrade ends for want of disk space; null for nowhere.</param>
    private OpenOptions Options(string? dyingAt = null) => Workspace.Options() with
    {
        Upgrades =
        [
            new StoreUpgrade("the journal's name", layout => Apply("move", dyingAt, () => MoveJournal(layout, dyingAt))),
            new StoreUpgrade("a mark", layout => Apply("mark", dyingAt, () => File.WriteAllText(Path.Combine(layout.Root, "mark"), "here"))),
        ],
    };

    private void Apply(string name, string? dyingAt, Action change)
    {
        DieAt($"before {name}", dyingAt);
        change();
        _applied.Add(name);
        DieAt($"after {name}", dyingAt);
    }

    private void MoveJournal(StoreLayout layout, string? dyingAt)
    {
        Directory.CreateDirectory(layout.Journal);
        foreach (var file in Directory.Exists(Former) ? Directory.GetFiles(Former) : [])
        {
            File.Move(file, Path.Combine(layout.Journal, Path.GetFileName(file)));
            DieAt("within move", dyingAt);
        }

        if (Directory.Exists(Former))
        {
            Directory.Delete(Former);
        }
    }

    private static void DieAt(string point, string? dyingAt)
    {
        if (point == dyingAt)
        {
            throw new IOException("no space left on device");
        }
    }
}
