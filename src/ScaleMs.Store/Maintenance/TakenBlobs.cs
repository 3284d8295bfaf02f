using ScaleMs.Core.Records;
using ScaleMs.Store.Disk;
using ScaleMs.Store.Layout;

namespace ScaleMs.Store.Maintenance;

/// <summary>Blobs that no record names and that the next run may need all the same: a client moved outputs of an attempt elsewhere into the store, and was killed before it recorded them.</summary>
/// <remarks>
/// What those outputs were nobody knows here, but they became blobs after their attempt began, and moving them changed their stamps. So what changed
/// since the oldest attempt that can be taken over stays; when that is recorded or given up, the next collection has it. A month after it became a blob the
/// collection has it in any case: an attempt may stand there for ever, because its task is in no workflow any more.
/// </remarks>
internal sealed class TakenBlobs
{
    /// <summary>The clock of a file server may be that far behind the one that intents are dated by.</summary>
    private static readonly TimeSpan ClockError = TimeSpan.FromHours(1);

    private static readonly TimeSpan MostAge = TimeSpan.FromDays(30);

    private readonly DateTimeOffset? _since;

    private TakenBlobs(DateTimeOffset? since) => _since = since;

    /// <summary>Looks at the attempts that stay.</summary>
    /// <param name="layout">The store.</param>
    /// <param name="state">The records.</param>
    /// <param name="now">The time by which files are stamped.</param>
    public static TakenBlobs Of(StoreLayout layout, StoreState state, DateTimeOffset now)
    {
        var oldest = DeadAttempts.Kept(layout, state).Where(intent => CanBeTakenOver(Path.Combine(layout.Work, DeadAttempts.NameOf(intent)))).Min(intent => (DateTimeOffset?)intent.At);
        return new(oldest < now - MostAge ? now - MostAge : oldest);
    }

    /// <summary>Whether a blob that no record names may be such an output.</summary>
    public bool MayHold(BlobFile blob) => _since is { } since && StatReader.Read(blob.Path, followLinks: false) is { } stat &&
        DateTimeOffset.UnixEpoch.AddTicks(Math.Max(stat.ChangedNs, stat.ModifiedNs) / TimeSpan.NanosecondsPerTick) + ClockError >= since;

    private static bool CanBeTakenOver(string attempt) => File.Exists(Path.Combine(attempt, AttemptMarks.Elsewhere)) && !File.Exists(Path.Combine(attempt, AttemptMarks.Ended));
}
