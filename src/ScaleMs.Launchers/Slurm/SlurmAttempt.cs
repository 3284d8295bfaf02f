using System.Runtime.ExceptionServices;
using ScaleMs.Core.Model;
using ScaleMs.Core.Ports;
using ScaleMs.Launchers.Remote;
using ScaleMs.Launchers.Sites;

namespace ScaleMs.Launchers.Slurm;

/// <summary>An attempt from its call to its end. But for <see cref="AskToStop"/> only the desk's loop touches it.</summary>
internal sealed class SlurmAttempt(LaunchRequest request, AttemptPlace place, LogFollower? log, SlurmProfile slurm)
{
    private readonly TaskCompletionSource<SlurmEnd> _end = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private volatile bool _isStopAsked;

    internal Task<SlurmEnd> End => _end.Task;

    /// <summary>The attempt's root at the site.</summary>
    internal string Root => place.RemoteRoot;

    internal string LocalRoot => place.LocalRoot;

    internal string Name { get; } = Path.GetFileName(place.RemoteRoot);

    internal JobShape Shape { get; } = JobShape.Of(request, place.RemoteRoot, slurm);

    internal TimeSpan Grace => request.Grace;

    internal StepId Step => request.Step;

    /// <summary>Where it runs, as Slurm says; empty while it does not.</summary>
    internal string Node { get; set; } = string.Empty;

    internal Heart Heart { get; } = new();

    /// <summary>Whether its job was cancelled because it showed no sign of life: however it ends then, it is not the step's failure.</summary>
    internal bool IsGivenUp { get; private set; }

    /// <summary>The batch's id; empty before it has one.</summary>
    internal string Batch { get; private set; } = string.Empty;

    /// <summary>Its task in the array.</summary>
    internal int Index { get; private set; }

    /// <summary>The array's job id; empty while Slurm has not told it.</summary>
    internal string Array { get; private set; } = string.Empty;

    /// <summary>Its task, as <c>scancel</c> takes it; empty while Slurm has not told it.</summary>
    internal string Job => Array.Length == 0 ? string.Empty : FormattableString.Invariant($"{Array}_{Index}");

    /// <summary>Whether its batch may or may not have been submitted.</summary>
    internal bool IsUnsure { get; set; }

    /// <summary>What the wrapper left, where that does not tell all.</summary>
    internal AttemptResult? Doubted { get; set; }

    /// <summary>The text of what is doubted.</summary>
    internal string DoubtedText { get; set; } = string.Empty;

    /// <summary>Since when its job is not in the queue; null while it is.</summary>
    internal long? LeftAt { get; set; }

    /// <summary>Since when its job waits for what will not come; null while it does not.</summary>
    internal long? HopelessSince { get; set; }

    /// <summary>When it was told to end; null while it was not.</summary>
    internal long? StoppedAt { get; set; }

    internal bool IsRunning { get; set; }

    /// <summary>What the listener threw; null when nothing.</summary>
    internal ExceptionDispatchInfo? ListenerTrouble { get; private set; }

    /// <summary>What was wrong with a result that was there; empty when nothing was.</summary>
    internal string Problem { get; private set; } = string.Empty;

    internal bool IsStopAsked => _isStopAsked;

    internal bool HasEnded => _end.Task.IsCompleted;

    internal void AskToStop() => _isStopAsked = true;

    internal void GiveUp() => IsGivenUp = true;

    internal void Take(string batch, int index, string array) => (Batch, Index, Array) = (batch, index, array);

    internal void SetArray(string array) => Array = array;

    /// <summary>Reads a result; one that is none, or another action's, is as good as none.</summary>
    internal AttemptResult? Accept(string text)
    {
        var result = AttemptResult.Read(text, out var problem);
        Problem = result?.ProblemFor(request) ?? problem;
        return Problem.Length == 0 ? result : null;
    }

    /// <summary>Tells what was printed since.</summary>
    /// <returns>False when the listener threw: then the attempt is to end, and whoever awaits it gets the exception.</returns>
    internal async ValueTask<bool> FollowAsync()
    {
        try
        {
            if (log is { IsWatched: true } && ListenerTrouble is null)
            {
                await log.DrainAsync(CancellationToken.None).ConfigureAwait(false);
            }
        }
        catch (Exception trouble)
        {
            ListenerTrouble = ExceptionDispatchInfo.Capture(trouble);
            return false;
        }

        return true;
    }

    internal void Finish(SlurmEnd end) => _end.TrySetResult(end);

    internal void Fail(Exception trouble) => _end.TrySetException(trouble);
}
