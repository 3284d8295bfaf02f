using ScaleMs.Launchers.Amqp.Protocol;
using ScaleMs.Launchers.Remote;

namespace ScaleMs.Launchers.Amqp.Worker;

/// <summary>Sends pieces of logs to clients that follow them. Bounded in size and rate, and what is lost is lost: the whole comes with the result.</summary>
/// <param name="logOf">Where an action's log is.</param>
/// <param name="send">Sends a piece; never throws.</param>
internal sealed class LogPieces(Func<ActionMessage, string> logOf, Func<TakenAction, byte[], long, Task> send)
{
    private const int MostBytes = 32 * 1024;

    /// <summary>Pieces that are sent at one look of the worker, of which there are ten a second.</summary>
    private const int MostAtOnce = 4;

    private static readonly TimeSpan Every = TimeSpan.FromSeconds(1);

    /// <summary>A client that follows says so again and again.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    /// <summary>Somebody listens, and has the log up to here.</summary>
    internal static void Follow(TakenAction action, long from) => action.Followed = new FollowedLog
    {
        At = Math.Max(0, from),
        Until = TimeProvider.System.GetUtcNow() + Patience,
        SentAt = action.Followed?.SentAt ?? default,
    };

    /// <summary>Sends what is due; those that waited longest first.</summary>
    internal void Look(IEnumerable<TakenAction> actions, DateTimeOffset now)
    {
        var due = actions.Where(action => action is { BegunAt: not null, Followed: { IsSending: false } log } && log.Until > now && now - log.SentAt >= Every);
        foreach (var action in due.OrderBy(action => action.Followed!.SentAt).Take(MostAtOnce))
        {
            _ = SendAsync(action, action.Followed!, now);
        }
    }

    private async Task SendAsync(TakenAction action, FollowedLog log, DateTimeOffset now)
    {
        (log.IsSending, log.SentAt) = (true, now);
        var piece = new byte[MostBytes];
        var count = await new FileLogSource(logOf(action.Message)).ReadAsync(log.At, piece, action.Ending).ConfigureAwait(false);
        if (count > 0)
        {
            await send(action, piece[..count], log.At).ConfigureAwait(false);
            log.At += count;
        }

        log.IsSending = false;
    }
}

/// <summary>How far a log was sent, and until when somebody listens.</summary>
internal sealed class FollowedLog
{
    internal long At { get; set; }

    internal DateTimeOffset Until { get; init; }

    internal DateTimeOffset SentAt { get; set; }

    internal bool IsSending { get; set; }
}
