using ScaleMs.Core.Ports;
using ScaleMs.Core.Records;
using ScaleMs.Store.Journal;
using ScaleMs.Store.Layout;
using ScaleMs.Store.Locking;
using ScaleMs.Store.Maintenance;
using ScaleMs.Store.Snapshots;
using ScaleMs.Store.Tests.Support;

namespace ScaleMs.Store.Tests.Maintenance;

public sealed class VerifyTests : IDisposable
{
    private readonly Study _study = new();

    public void Dispose() => _study.Dispose();

    [Fact]
    public void Verify_WholeStore_FindsNothing()
    {
        Fill();
        var report = _study.Verify();
        Assert.Empty(report.Findings);
        Assert.Equal(2, report.Blobs);
        Assert.Equal(4, report.Records);
        Assert.Equal("first".Length + "second".Length, report.BlobBytes);
    }

    [Fact]
    public void Verify_NoStore_SaysWhereItLooked()
    {
        var refusal = Assert.Throws<StoreMissingException>(_study.Verify);
        Assert.Contains(_study.Workspace.Store, refusal.Message, StringComparison.Ordinal);
        Assert.False(Directory.Exists(_study.Workspace.Store));
    }

    [Fact]
    public void Verify_BlobOfOtherBytes_IsDamageUntilRepaired()
    {
        Fill();
        var blob = _study.Workspace.Open(_study.Options).Using(store => _study.Record(store, 3, 3, "third"));
        Study.Overwrite(_study.BlobPath(blob), "THIRD");
        var damage = Assert.Single(_study.Verify().Findings, finding => finding.Kind == FindingKind.Damage);
        Assert.EndsWith(blob.Hex[2..], damage.Where, StringComparison.Ordinal);
        Assert.Equal(1, _study.Verify().Damaged);

        Assert.Equal(0, _study.Repair().Damaged);
        Assert.False(_study.Has(blob));
        Assert.Single(Directory.GetFiles(Path.Combine(_study.Workspace.Store, "damaged")));
        Assert.Equal(0, _study.Verify().Damaged);
        Assert.Contains(_study.Verify().Findings, finding => finding.Kind == FindingKind.Lost && finding.What.Contains("replica=3", StringComparison.Ordinal));
    }

    [Fact]
    public void Verify_FlippedByteInTheJournal_IsDamageUntilRepaired()
    {
        Fill();
        File.Delete(_study.Workspace.Index);
        var segment = Assert.Single(_study.Workspace.Segments());
        Flip(segment, "replica=1");
        Assert.NotEqual(0, _study.Verify().Damaged);

        Assert.Equal(0, _study.Repair().Damaged);
        Assert.Single(Directory.GetFiles(Path.Combine(_study.Workspace.Store, "damaged")));
        var after = _study.Verify();
        Assert.Equal(0, after.Damaged);
        using var store = _study.Workspace.Open(_study.Options);
        Assert.Empty(store.Damage);
        Assert.True(store.State.Steps.ContainsKey(Sample.Step(2)));
    }

    [Fact]
    public void Verify_IndexThatLies_IsDamageUntilRepaired()
    {
        Fill();
        var layout = new StoreLayout(_study.Workspace.Store);
        var contents = JournalLoader.Load(layout, "boot");
        contents.State.Apply(Sample.State(1, 9));
        IndexFile.Write(layout.Index, contents);
        Assert.Contains(_study.Verify().Findings, finding => finding is { Kind: FindingKind.Damage, Where: "index" });
        Assert.Equal(0, _study.Repair().Damaged);
        using var store = _study.Workspace.Open(_study.Options);
        Assert.Equal(Sample.Key(1), store.State.Steps[Sample.Step(1)].Key);
    }

    [Fact]
    public void Verify_DamagedIndex_IsDamageUntilRepaired()
    {
        Fill();
        var bytes = File.ReadAllBytes(_study.Workspace.Index);
        bytes[bytes.Length / 2] ^= 1;
        File.WriteAllBytes(_study.Workspace.Index, bytes);
        Assert.Equal(1, _study.Verify().Damaged);
        Assert.Equal(0, _study.Repair().Damaged);
        Assert.Empty(_study.Verify().Findings);
    }

    [Fact]
    public void Verify_UnknownRecord_IsToldAndTheBlobsAreChecked()
    {
        Fill();
        File.Delete(_study.Workspace.Index);
        AppendLine("""{"type":"wormhole","data":{}}""");
        var report = _study.Verify();
        Assert.Contains("does not know: 'wormhole'", Assert.Single(report.Findings).What, StringComparison.Ordinal);
        Assert.Equal(2, report.Blobs);
        Assert.Equal(1, _study.Repair().Damaged);
    }

    [Fact]
    public void Verify_TwoSegmentsOfOneEpoch_IsToldAndNotRepaired()
    {
        Fill();
        var segment = Assert.Single(_study.Workspace.Segments());
        File.Copy(segment, segment.Replace("node-7", "node-8", StringComparison.Ordinal));
        Assert.Contains("granted its lock twice", Assert.Single(_study.Verify().Findings).What, StringComparison.Ordinal);
        Assert.Equal(1, _study.Repair().Damaged);
        Assert.Equal(2, _study.Workspace.Segments().Length);
    }

    [Fact]
    public void Verify_TornTail_IsNoDamage()
    {
        Fill();
        using (var file = new FileStream(_study.Workspace.Segments()[0], FileMode.Append))
        {
            file.Write("0badc0de 77 {\"ty"u8);
        }

        var finding = Assert.Single(_study.Verify().Findings);
        Assert.Equal(FindingKind.Notice, finding.Kind);
    }

    [Fact]
    public void Verify_BytesThatOnlyThePublishedFileHolds_AreNotLost()
    {
        var blob = _study.Workspace.Open(_study.Options).Using(store =>
        {
            var digest = _study.Record(store, 1, 1, "published");
            store.Commit(new PublishedRecord(Core.Model.ArtifactPath.Parse("results/out.xtc"), Sample.Step(1), digest));
            return digest;
        });
        Directory.CreateDirectory(Path.Combine(_study.Workspace.Root, "results"));
        _study.Workspace.Write("results/out.xtc", "published");
        File.Delete(_study.BlobPath(blob));
        Assert.Empty(_study.Verify().Findings);

        _study.Workspace.Write("results/out.xtc", "edited");
        var findings = _study.Verify().Findings;
        Assert.Contains(findings, finding => finding.Kind == FindingKind.Lost);
        Assert.Contains(findings, finding => finding is { Kind: FindingKind.Notice, Where: "results/out.xtc" });
    }

    [Fact]
    public void Verify_StepAtAKeyWithoutResult_IsDamageUntilRepaired()
    {
        Fill();
        _study.Workspace.Open(_study.Options).Using(store => store.Commit(Sample.State(5, 5)));
        Assert.Equal(1, _study.Verify().Damaged);
        Assert.Equal(0, _study.Repair().Damaged);
        Assert.Empty(_study.Verify().Findings);
    }

    [Fact]
    public void Verify_Leftovers_AreTold()
    {
        Fill();
        File.WriteAllText(Path.Combine(_study.Workspace.Store, "blobs", "tmp", "half"), "x");
        _study.Attempt(null, 1, 1, "nobody");
        Assert.Equal(2, _study.Verify().Findings.Count(finding => finding.Kind == FindingKind.Notice));
        _study.Repair();
        Assert.Single(_study.Verify().Findings);
    }

    [Fact]
    public void Verify_BesideARun_FindsNothingAndWritesNothing()
    {
        using var store = _study.Workspace.Open(_study.Options);
        _study.Record(store, 1, 1, "first");
        var before = Listing();
        Assert.Empty(_study.Verify().Findings);
        Assert.Equal(before, Listing());
        Assert.Throws<StoreInUseException>(_study.Repair);
    }

    [Fact]
    public void Verify_ClockWasSetSinceTheRunBegan_StillTellsOfTheRun()
    {
        using var store = _study.Workspace.Open(_study.Options with { ProcessStart = DateTimeOffset.UtcNow.AddHours(1), CommandLine = "the run" });
        Assert.Contains("the run", _study.Verify().Beside, StringComparison.Ordinal);
    }

    [Fact]
    public void Verify_AfterAKillWhoseNumberIsUsedAgain_TellsOfNoRun()
    {
        Fill();
        var later = new Owner(_study.Options.HostName, _study.Options.BootId, Environment.ProcessId, DateTimeOffset.UtcNow, "the run", RunningProcess.Space, StartTicks: 1);
        later.Write(StoreLayout.Of(_study.Workspace.Root, Path.GetFileName(_study.Workspace.Store)));
        Assert.Null(_study.Verify().Beside);
    }

    [Fact]
    public void Verify_AfterARunOfAnOlderVersionWasKilled_TellsOfNoRun()
    {
        Fill();
        var gone = Owner.Of(_study.Options) with { Pid = int.MaxValue, ProcessSpace = string.Empty, StartTicks = 0 };
        gone.Write(StoreLayout.Of(_study.Workspace.Root, Path.GetFileName(_study.Workspace.Store)));
        Assert.Null(_study.Verify().Beside);
    }

    [Fact]
    public void Verify_NewerFormat_IsRefusedByEveryCommand()
    {
        Fill();
        File.WriteAllText(Path.Combine(_study.Workspace.Store, "store.json"), """{"format":99}""");
        foreach (var command in (Action[])[() => _study.Verify(), () => _study.Repair(), () => _study.Collect(), () => StoreUsage.Of(_study.Workspace.Root)])
        {
            Assert.Contains("use the newer version", Assert.Throws<StoreException>(command).Message, StringComparison.Ordinal);
        }
    }

    private void Fill() => _study.Workspace.Open(_study.Options).Using(store =>
    {
        _study.Record(store, 1, 1, "first");
        _study.Record(store, 2, 2, "second");
    });

    private string Listing() => string.Join('\n', Directory.EnumerateFileSystemEntries(_study.Workspace.Root, "*", SearchOption.AllDirectories)
        .Order(StringComparer.Ordinal).Select(path => $"{path} {File.GetLastWriteTimeUtc(path).Ticks}"));

    private void AppendLine(string payload)
    {
        var line = new System.Buffers.ArrayBufferWriter<byte>();
        LineFrame.Write(System.Text.Encoding.UTF8.GetBytes(payload), line);
        using var file = new FileStream(_study.Workspace.Segments()[0], FileMode.Append);
        file.Write(line.WrittenSpan);
    }

    private static void Flip(string path, string text)
    {
        var bytes = File.ReadAllBytes(path);
        bytes[bytes.AsSpan().IndexOf(System.Text.Encoding.UTF8.GetBytes(text))] ^= 1;
        File.WriteAllBytes(path, bytes);
    }
}
