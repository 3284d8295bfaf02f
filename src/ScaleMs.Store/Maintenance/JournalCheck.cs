using ScaleMs.Core.Ports;
using ScaleMs.Store.Journal;
using ScaleMs.Store.Layout;
using ScaleMs.Store.Snapshots;

namespace ScaleMs.Store.Maintenance;

/// <summary>Reads the whole journal, and holds the index against it.</summary>
internal static class JournalCheck
{
    private const string RepairJournal = "'scalems verify --repair' rewrites the journal without it; the steps it spoke of may run again";
    private const string RepairIndex = "nothing is lost: 'scalems verify --repair' or deleting the file has it made again from the journal";

    /// <summary>Reads the journal; null when it cannot be read at all, which is then among the findings.</summary>
    public static JournalContents? Read(StoreLayout layout, OpenOptions options, FindingList findings, bool isBesideRun)
    {
        try
        {
            var index = ReadIndex(layout, findings);
            var contents = JournalReplay.Front(layout, options, index?.Segments ?? []);
            CheckIndex(layout, index, contents, findings);
            if (contents is null || !JournalLoader.TryContinue(layout, options.BootId, contents))
            {
                // A compaction came between; the run that made it wrote its index anew.
                contents = JournalLoader.LoadWhole(layout, options.BootId);
            }

            Tell(contents, findings, isBesideRun);
            return contents;
        }
        catch (StoreException cause)
        {
            findings.Damage($"the journal cannot be read: {cause.Message}", layout.Journal, "until then blobs are checked, and nothing that records say of them");
            return null;
        }
    }

    private static JournalContents? ReadIndex(StoreLayout layout, FindingList findings)
    {
        var index = IndexFile.TryRead(layout);
        if (index is null && File.Exists(layout.Index))
        {
            findings.Damage("the index is damaged, or of another version", layout.Index, RepairIndex);
        }

        return index;
    }

    private static void CheckIndex(StoreLayout layout, JournalContents? index, JournalContents? front, FindingList findings)
    {
        if (index is null)
        {
            return;
        }

        if (front is null)
        {
            findings.Notice("the index is of another journal and is not used", layout.Index, RepairIndex);
        }
        else if (!RecordSet.Of(index.State).SequenceEqual(RecordSet.Of(front.State)))
        {
            findings.Damage("the index does not say what the journal says", layout.Index, RepairIndex);
        }
    }

    private static void Tell(JournalContents contents, FindingList findings, bool isBesideRun)
    {
        foreach (var damage in contents.Damage)
        {
            findings.Damage($"{damage.Length} damaged bytes at offset {damage.Offset}", $"journal/{damage.Segment}", RepairJournal);
        }

        if (contents.TornTails > (isBesideRun ? 1 : 0))
        {
            findings.Notice(
                $"segments that end in a line that was cut off, as a crash leaves it: {contents.TornTails}", "journal",
                "nothing that was committed is missing for it");
        }
    }
}
