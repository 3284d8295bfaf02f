using ScaleMs.Core.Ports;

namespace ScaleMs.Launchers.Remote;

/// <summary>An attempt that runs elsewhere, and what its client knows of it. Its launcher may tell more from any thread.</summary>
/// <param name="request">What was ordered.</param>
/// <param name="place">Where its root is.</param>
/// <param name="staging">What brings its outputs back.</param>
/// <param name="log">What follows its log.</param>
internal sealed class RemoteAttempt(LaunchRequest request, AttemptPlace place, IAttemptStaging staging, LogFollower log)
{
    private readonly TaskCompletionSource<LaunchResult> _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private volatile GoneWord? _gone;
    private volatile bool _isCancelled;
    private volatile bool _isTaken;

    internal LaunchRequest Request => request;

    internal AttemptPlace Place => place;

    internal IAttemptStaging Staging => staging;

    internal LogFollower Log => log;

    internal Task<LaunchResult> Ended => _ended.Task;

    internal bool IsEnded => _ended.Task.IsCompleted;

    /// <summary>What the scheduler said when it knew the attempt no longer; null while it does.</summary>
    internal GoneWord? Gone => _gone;

    internal bool IsCancelled => _isCancelled;

    /// <summary>Wakes whoever waits for it.</summary>
    internal Action<RemoteAttempt>? OnNews { get; set; }

    /// <summary>How long the heartbeat is known to have stayed the same.</summary>
    internal Silence Silence { get; } = new();

    /// <summary>What is waited for with a bound, and since when.</summary>
    internal Patience Patience { get; } = new();

    /// <summary>Whether its result is being taken, so that nobody else takes it.</summary>
    internal bool IsTaken
    {
        get => _isTaken;
        set => _isTaken = value;
    }

    /// <summary>Whose turn it is with the log.</summary>
    internal SemaphoreSlim LogTurn { get; } = new(1, 1);

    /// <summary>The directory that holds the root.</summary>
    internal string Parent { get; } = place.RemoteRoot[..Math.Max(0, place.RemoteRoot.LastIndexOf('/'))];

    /// <summary>The launcher has reason to believe that it has ended: it is looked at with the next tick.</summary>
    internal void Nudge() => OnNews?.Invoke(this);

    /// <summary>The site knows it no longer. Its result counts if it comes within the file delay; else this is how it ended.</summary>
    /// <param name="end">Which way, as the site says.</param>
    /// <param name="message">What the site said, for people.</param>
    internal void TellGone(LaunchEnd end, string message)
    {
        _gone ??= new GoneWord(end, message);
        Nudge();
    }

    /// <summary>The site knows it after all: an earlier word was wrong.</summary>
    internal void TellThere() => _gone = null;

    internal void Cancel()
    {
        _isCancelled = true;
        Nudge();
    }

    internal void End(LaunchResult result) => _ended.TrySetResult(result);

    internal void Fail(Exception trouble) => _ended.TrySetException(trouble);
}

/// <summary>What a site said of an attempt that it knows no longer.</summary>
/// <param name="End">Which way it ended.</param>
/// <param name="Message">For people.</param>
internal sealed record GoneWord(LaunchEnd End, string Message);
