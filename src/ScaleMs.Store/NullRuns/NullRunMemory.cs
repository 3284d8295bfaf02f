using ScaleMs.Core.Digests;
using ScaleMs.Core.Records;
using ScaleMs.Store.Definitions;
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

    /// <summary>Beyond this many edits a run is made in full: it reaches most of the workflow.</summary>
    private const int MostEdits = 1_000;

    /// <summary>Amendments are read at every start: with more bytes than this a run in full begins anew.</summary>
    private const int MostAmended = 4 << 20;

    /// <summary>Whether everything that a remembered null run looked at is as it was.</summary>
    /// <param name="workspace">The workspace's folder.</param>
    /// <param name="storeName">The store's folder: a name in the workspace, or an absolute path elsewhere.</param>
    /// <param name="circumstances">The digest of the present circumstances.</param>
    /// <param name="isRehashed">Whether files are read and hashed rather than known by their stat tuples.</param>
    /// <returns>The null run, without its looks; null when there is none or something has changed.</returns>
    public static NullRun? Confirm(string workspace, string storeName, Digest circumstances, bool isRehashed = false) =>
        Find(workspace, storeName, circumstances, isRehashed, mostEdits: 0)?.Run;

    /// <summary>Finds the null run that is remembered, and what has changed since.</summary>
    /// <param name="workspace">The workspace's folder.</param>
    /// <param name="storeName">The store's folder: a name in the workspace, or an absolute path elsewhere.</param>
    /// <param name="circumstances">The digest of the present circumstances.</param>
    /// <param name="isRehashed">Whether files are read and hashed rather than known by their stat tuples.</param>
    /// <param name="mostEdits">How many looks may find something else.</param>
    /// <returns>Null when there is none, or when more has changed.</returns>
    public static RememberedRun? Find(string workspace, string storeName, Digest circumstances, bool isRehashed = false, int mostEdits = MostEdits)
    {
        var layout = StoreLayout.Of(workspace, storeName);
        return NullRunFile.TryRead(layout.NullRun(circumstances)) is { } file && file.Head.Circumstances == circumstances && file.Head.Store.AreAsSeen(layout)
            && LookCheck.Differences(file, workspace, isRehashed, mostEdits) is { } edited
            ? new RememberedRun(layout, file, edited)
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
    internal static void Keep(StoreLayout layout, NullRun run, IReadOnlyList<SegmentFile> journal) => Guarded(() =>
    {
        Directory.CreateDirectory(layout.NullRuns);
        var definition = run.Definition is null ? null : DefinitionWriter.Write(layout.Definition(run.Circumstances), run.Definition, run.Looks, layout.Workspace);
        var path = layout.NullRun(run.Circumstances);
        var temporary = TemporaryName.Beside(path);
        try
        {
            NullRunFile.Write(temporary, NullRunHead.Of(run, StoreFiles.Of(layout, journal), definition), run.Looks);
            File.Move(temporary, path, overwrite: true);
        }
        finally
        {
            TemporaryName.TryDelete(temporary);
        }

        DropOldest(layout);
    });

    /// <summary>Takes down what a run of an affected part changed. What cannot be taken down is forgotten with all the rest.</summary>
    /// <param name="layout">The store.</param>
    /// <param name="part">The part.</param>
    /// <param name="run">The null run that the next run would be, when nothing changes.</param>
    /// <param name="sources">What the part's steps were told that their source files hold; null when some were told other things than others.</param>
    /// <param name="state">The records as the run left them.</param>
    /// <param name="journal">The journal as the run left it.</param>
    internal static void Amend(StoreLayout layout, AffectedPart part, NullRun run, IReadOnlyList<FileFactRecord>? sources, StoreState state, IReadOnlyList<SegmentFile> journal) => Guarded(() =>
    {
        var path = layout.NullRun(run.Circumstances);
        if (part.Memory.Amended > MostAmended || sources is null || new NewLooks(part, sources, state, layout.Workspace).All() is not { } rows)
        {
            File.Delete(path);
            File.Delete(layout.Definition(run.Circumstances));
            return;
        }

        var head = NullRunHead.Of(run, StoreFiles.Of(layout, journal), part.Memory.Head.Definition);
        using var file = File.OpenHandle(path, FileMode.Open, FileAccess.Write);
        // At the end that was read, not at one that somebody else may have made since: theirs would be for other records.
        RandomAccess.Write(file, new NullRunAmendment(head.Encode(), rows).Encode(part.Memory.Id), part.Memory.Length);
    });

    private static void Guarded(Action keep)
    {
        try
        {
            keep();
        }
        catch (Exception cause) when (DiskErrors.IsDiskError(cause) || cause is Core.Ports.StoreException)
        {
            // Without it the next run looks for itself.
        }
    }

    private static void DropOldest(StoreLayout layout)
    {
        foreach (var old in new DirectoryInfo(layout.NullRuns).EnumerateFiles().Where(file => file.Extension.Length == 0).OrderByDescending(file => file.LastWriteTimeUtc).Skip(MostKept))
        {
            TemporaryName.TryDelete(old.FullName);
            TemporaryName.TryDelete(old.FullName + StoreLayout.DefinitionExtension);
        }
    }
}
