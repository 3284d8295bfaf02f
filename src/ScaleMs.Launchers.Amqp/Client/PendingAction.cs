using ScaleMs.Launchers.Amqp.Protocol;

namespace ScaleMs.Launchers.Amqp.Client;

/// <summary>An attempt whose result is waited for.</summary>
internal sealed record PendingAction(string Id, string Key, AttemptJournal Journal, string ClassName, string ReplyTo)
{
    private readonly TaskCompletionSource<ResultMessage> _result = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private long _seenAt;

    /// <summary>Takes what it prints.</summary>
    internal required AttemptLog Log { get; init; }

    /// <summary>Whether its worker need not say that it has begun: it was another client that heard it.</summary>
    internal bool IsTakenOver { get; init; }

    internal Task<ResultMessage> Result => _result.Task;

    internal DateTimeOffset Since { get; } = TimeProvider.System.GetUtcNow();

    internal bool HasBegun { get; set; }

    /// <summary>How long nobody was seen to have it; null before it was sent.</summary>
    internal TimeSpan? Silence => Volatile.Read(ref _seenAt) is not 0 and var seen ? TimeProvider.System.GetElapsedTime(seen) : null;

    /// <summary>Somebody has it: the broker, or a worker.</summary>
    internal void IsSeen() => Volatile.Write(ref _seenAt, TimeProvider.System.GetTimestamp());

    internal void End(ResultMessage result) => _result.TrySetResult(result);
}
