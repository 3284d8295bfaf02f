using ScaleMs.Core.Records;
using ScaleMs.Store.Journal;
using ScaleMs.Store.Layout;

namespace ScaleMs.Store.Maintenance;

/// <summary>Counts what killed processes left behind, and what was moved aside.</summary>
internal static class LeftoverCheck
{
    public static void Run(StoreLayout layout, StoreState? state, bool isBesideRun, FindingList findings)
    {
        if (!isBesideRun)
        {
            Tell(StaleFiles.Of(layout).Count, "files that a killed process was writing", layout.Root, "'scalems gc' or 'scalems verify --repair' removes them", findings);
            Tell(DeadAttempts.Of(layout, state ?? new StoreState()).Count, "folders of attempts that nothing can continue", layout.Work, "'scalems gc' removes them", findings);
        }

        Tell(Count(layout.Damaged), "files that were found wrong", layout.Damaged, "see whether you need them; 'scalems gc --all' removes them", findings);
    }

    private static int Count(string folder) => Directory.Exists(folder) ? Directory.EnumerateFileSystemEntries(folder).Count() : 0;

    private static void Tell(int count, string what, string where, string advice, FindingList findings)
    {
        if (count > 0)
        {
            findings.Notice($"{what}: {count}", where, advice);
        }
    }
}
