using ScaleMs.Store.Disk;
using ScaleMs.Store.Journal;
using ScaleMs.Store.Layout;

namespace ScaleMs.Store.Maintenance;

/// <summary>Puts right what a verification found. Its caller holds the store's lock.</summary>
internal sealed class StoreRepair(StoreLayout layout, OpenOptions options)
{
    /// <summary>Repairs; whatever instant it is killed at leaves a store that verifies no worse.</summary>
    public VerifyReport Repair(StoreVerifier.Verification found)
    {
        foreach (var blob in found.Wrong)
        {
            MoveAside(blob.Path, blob.Digest.Hex);
        }

        if (found.Contents is { } contents)
        {
            RepairJournal(contents, found.Report);
        }

        // They were judged on what is put right here.
        new PhysicalDisk().Delete(layout.NullRuns);
        foreach (var stale in StaleFiles.Of(layout))
        {
            File.Delete(stale);
        }

        return found.Report with { Findings = [.. found.Report.Findings.Select(finding => finding with { IsRepaired = IsRepaired(finding, found) })] };
    }

    /// <summary>Everything that a journal which can be read says wrongly is gone from what is written anew.</summary>
    private static bool IsRepaired(Finding finding, StoreVerifier.Verification found) =>
        finding.Kind == FindingKind.Damage && (found.Contents is not null || finding.Where.StartsWith("blobs/", StringComparison.Ordinal));

    private void RepairJournal(JournalContents contents, VerifyReport report)
    {
        var isDamaged = contents.Damage.Count > 0 || report.Findings.Any(finding => finding is { Kind: FindingKind.Damage, Where: "journal" });
        if (isDamaged)
        {
            KeepSegments(contents);
            var whole = JournalPruning.Without(contents, record => contents.State.IsDangling(record));
            new JournalCompactor(layout, options, new SegmentChain(layout, options, JournalFolder.Names(layout.Journal))).Compact(whole);
        }
        else if (report.Findings.Any(finding => finding.Where == "index"))
        {
            File.Delete(layout.Index);
        }
    }

    /// <summary>Damaged bytes are kept: somebody may still read something in them.</summary>
    private void KeepSegments(JournalContents contents)
    {
        foreach (var name in contents.Damage.Select(damage => damage.Segment).Distinct(StringComparer.Ordinal))
        {
            Directory.CreateDirectory(layout.Damaged);
            File.Copy(Path.Combine(layout.Journal, name), Path.Combine(layout.Damaged, $"{name}-{Guid.NewGuid():N}"));
        }
    }

    private void MoveAside(string path, string name) => Mover.Move(path, Path.Combine(layout.Damaged, $"{name}-{Guid.NewGuid():N}"));
}
