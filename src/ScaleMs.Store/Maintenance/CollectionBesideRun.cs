using System.Diagnostics;
using ScaleMs.Core.Records;
using ScaleMs.Store.Blobs;
using ScaleMs.Store.Disk;
using ScaleMs.Store.Journal;
using ScaleMs.Store.Layout;

namespace ScaleMs.Store.Maintenance;

/// <summary>Collects while a run goes on, without its lock and without ever taking what it relies on.</summary>
/// <remarks>
/// A blob goes only when (1) no record named it before the newest segment of the journal began, (2) the journal knew this very file by
/// then, by its stat tuple, and (3) that segment and those after it do not mention it. Why the run cannot rely on such a blob: what it read
/// from the journal is excluded by 1; a file that it put itself is none that was known before, by 2 (no clock is compared); and when it
/// finds a blob that is there already, it says so in its segment before it relies on it. It does that while it holds the gate, where it
/// also looks again whether the blob is there; here the segment is read and the file removed while the gate is held. So either the run
/// comes first and 3 keeps the blob, or it finds the blob gone and puts its own. Nor does a blob go that an earlier run may have
/// taken of an attempt elsewhere and that this one has not come to yet (<see cref="TakenBlobs"/>). An attempt's folder goes only when no intent names it that
/// was open then or came since; folders are listed before the journal is read, and the intent is written before the folder is made.
/// </remarks>
internal sealed class CollectionBesideRun(StoreLayout layout, OpenOptions options)
{
    private const int Tries = 5;

    /// <summary>A run that finds a blob waits for the gate that long at most, or for one deletion.</summary>
    private static readonly TimeSpan LongestHold = TimeSpan.FromMilliseconds(20);

    /// <summary>What the journal said before the newest segment began.</summary>
    private JournalContents _before = new();
    private LiveTail _tail = new(layout);

    /// <summary>What could go.</summary>
    public IReadOnlyList<GcItem> Plan(GcRequest request)
    {
        var attempts = DeadAttempts.Folders(layout);
        var blobs = BlobFolder.Blobs(layout).ToList();
        Load();
        var uses = BlobUses.Of(_before.State);
        var taken = TakenBlobs.Of(layout, _before.State, TimeProvider.System.GetUtcNow());
        return
        [
            .. attempts.Where(IsForgotten()).Select(path => GcPlan.Plain(layout, GcKind.DeadAttempt, path)),
            .. OldRuns.FinishedOf(layout, request).Select(path => GcPlan.Plain(layout, GcKind.RunLog, path)),
            .. blobs.Where(blob => uses.Find(blob.Digest) is null && !taken.MayHold(blob) && MayGo(blob)).Select(blob => GcPlan.Plain(layout, GcKind.UnnamedBlob, blob.Path)),
        ];
    }

    /// <summary>Removes it.</summary>
    public (IReadOnlyList<GcItem> Items, IReadOnlyList<string> Refused) Run(GcRequest request)
    {
        var removal = new Removal(layout);
        var planned = Plan(request);
        var gone = planned.Where(item => item.Kind != GcKind.UnnamedBlob && removal.TryRemove(item)).ToList();
        var blobs = new Queue<GcItem>(planned.Where(item => item.Kind == GcKind.UnnamedBlob));
        while (blobs.Count > 0 && RemoveSome(blobs, removal, gone))
        {
        }

        return (gone, removal.Refused);
    }

    private void Load()
    {
        for (var remaining = Tries; remaining > 0; remaining--)
        {
            _tail = new LiveTail(layout);
            if (_tail.TryRefresh())
            {
                _before = JournalLoader.LoadBefore(layout, options.BootId, _tail.First);
                return;
            }
        }

        throw new Core.Ports.StoreException($"the journal in '{layout.Journal}' is replaced again and again while it is read: try once more when less is going on");
    }

    /// <summary>Removes blobs as long as the gate may be held.</summary>
    /// <returns>False when the journal was replaced meanwhile: the rest is for the next time.</returns>
    private bool RemoveSome(Queue<GcItem> blobs, Removal removal, List<GcItem> gone)
    {
        using var gate = BlobGate.Enter(layout.Gate);
        var entered = Stopwatch.GetTimestamp();
        if (!_tail.TryRefresh())
        {
            return false;
        }

        while (blobs.Count > 0 && Stopwatch.GetElapsedTime(entered) < LongestHold)
        {
            var item = blobs.Dequeue();
            if (BlobFolder.TryParse(Path.Combine(layout.Root, item.Path), out var blob) && MayGo(blob) && removal.TryRemove(item))
            {
                gone.Add(item);
            }
        }

        return true;
    }

    /// <summary>Conditions 2 and 3.</summary>
    private bool MayGo(BlobFile blob) => !_tail.Blobs.Contains(blob.Digest) &&
        _before.FindBlob(blob.Digest) is { } fact && StatReader.Read(blob.Path, followLinks: false) is { } stat && fact.Matches(stat);

    private Func<string, bool> IsForgotten()
    {
        var open = _before.State.Snapshot().OfType<IntentRecord>().Select(DeadAttempts.NameOf).ToHashSet(StringComparer.Ordinal);
        return folder => Path.GetFileName(folder) is var name && !open.Contains(name) && !_tail.Attempts.Contains(name);
    }
}
