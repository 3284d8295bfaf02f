using ScaleMs.Core.Digests;
using ScaleMs.Core.Records;
using ScaleMs.Store.Disk;
using ScaleMs.Store.Journal;
using ScaleMs.Store.Layout;

namespace ScaleMs.Store.NullRuns;

/// <summary>Remembers null runs, one for each set of circumstances, and confirms that nothing has changed since.</summary>
/// <remarks>
/// Only a shortcut: a missing, damaged or outdated memory means that the run is made in full. Confirming takes no lock and writes nothing,
/// and a run that is under way has already begun its segment of the journal, or has changed nothing yet.
/// </remarks>
public static class NullRunMemory
{
    /// <summary>Commands in turn (targets, parameters) each keep theirs; more than this many are not worth their space.</summary>
    private const int MostKept = 16;

    /// <summary>Whether everything that a remembered null run looked at is as it was.</summary>
    /// <param name="workspace">The workspace's folder.</param>
    /// <param name="storeName">The store's folder: a name in the workspace, or an absolute path elsewhere.</param>
    /// <param name="circumstances">The digest of the present circumstances.</param>
    /// <param name="isRehashed">Whether files are read and hashed rather than known by their stat tuples.</param>
    /// <returns>The null run, without its looks; null when there is none or something has changed.</returns>
    public static NullRun? Confirm(string workspace, string storeName, Digest circumstances, bool isRehashed = false)
    {
        var layout = StoreLayout.Of(workspace, storeName);
        if (NullRunFile.TryRead(layout.NullRun(circumstances)) is not { } file || file.Head.Circumstances != circumstances || !HasJournal(layout, file.Head))
        {
            return null;
        }

        return LookCheck.AllHold(file, workspace, isRehashed)
            ? new NullRun { Circumstances = circumstances, PureCode = file.Head.PureCode, Target = file.Head.Target, Steps = file.Head.Steps, Tasks = file.Head.Tasks, SavedSeconds = file.Head.SavedSeconds, Looks = [] }
            : null;
    }

    /// <summary>Whether a null run is remembered, under whatever circumstances, whose code was found pure and was the same.</summary>
    /// <param name="workspace">The workspace's folder.</param>
    /// <param name="storeName">The store's folder: a name in the workspace, or an absolute path elsewhere.</param>
    /// <param name="code">The digest of the code and of the files that hold it.</param>
    /// <returns>Whether it need not be proven pure again; false when in doubt.</returns>
    public static bool IsKnownPure(string workspace, string storeName, Digest code)
    {
        try
        {
            var folder = new DirectoryInfo(StoreLayout.Of(workspace, storeName).NullRuns);
            return !code.IsNone && folder.Exists && folder.EnumerateFiles().Any(file => NullRunFile.SaysPure(file.FullName, code));
        }
        catch (Exception cause) when (DiskErrors.IsDiskError(cause) || cause is Core.Ports.StoreException)
        {
            return false;
        }
    }

    /// <summary>Keeps a null run; what does not fit on the disk is not kept.</summary>
    internal static void Keep(StoreLayout layout, NullRun run, IReadOnlyList<SegmentFile> journal)
    {
        var path = layout.NullRun(run.Circumstances);
        try
        {
            Directory.CreateDirectory(layout.NullRuns);
            var temporary = TemporaryName.Beside(path);
            try
            {
                NullRunFile.Write(temporary, run with { Looks = run.Looks.Concat(LooksAtStore(layout, journal)) }, journal);
                File.Move(temporary, path, overwrite: true);
            }
            finally
            {
                TemporaryName.TryDelete(temporary);
            }

            DropOldest(layout);
        }
        catch (Exception cause) when (DiskErrors.IsDiskError(cause) || cause is Core.Ports.StoreException)
        {
            // Without it the next run looks for itself.
        }
    }

    /// <summary>The journal's own files, where bytes may change without the length, and the mark of the format.</summary>
    private static IEnumerable<Look> LooksAtStore(StoreLayout layout, IReadOnlyList<SegmentFile> journal) =>
        journal.Select(segment => Path.Combine(layout.Journal, segment.Name.ToString())).Append(layout.FormatFile)
            .Select(path => new Look(path, true, StatReader.Read(path, followLinks: true), default));

    private static void DropOldest(StoreLayout layout)
    {
        foreach (var old in new DirectoryInfo(layout.NullRuns).EnumerateFiles().OrderByDescending(file => file.LastWriteTimeUtc).Skip(MostKept))
        {
            TemporaryName.TryDelete(old.FullName);
        }
    }

    private static bool HasJournal(StoreLayout layout, NullRunHead head)
    {
        try
        {
            return JournalFolder.Active(layout.Journal).Select(NullRunHead.Segment.Of).SequenceEqual(head.Journal);
        }
        catch (Exception cause) when (DiskErrors.IsDiskError(cause) || cause is Core.Ports.StoreException)
        {
            return false;
        }
    }
}
