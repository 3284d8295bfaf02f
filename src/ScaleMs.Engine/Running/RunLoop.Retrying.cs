using ScaleMs.Core.Events;
using ScaleMs.Core.Failures;
using ScaleMs.Core.Model;

namespace ScaleMs.Engine.Running;

/// <content>What follows on a failed attempt: another one, now or after a pause, or the step's failure.</content>
internal sealed partial class RunLoop
{
    /// <summary>Ends all pauses; made with the first one.</summary>
    private CancellationTokenSource? _pauses;

    private void OnAttemptFailed(Work work, FailedAttempt attempt)
    {
        work.Failed.Add(attempt);
        if (attempt.Failure.Class == FailureClass.InputChanged && !_isStopping && work.Moves++ < MostMoves)
        {
            JudgeByWhatIsThere(work, attempt.Failure);
            return;
        }

        switch (RetryPolicy.After(work.Step.Retries, work.Failed, WhereRuns(work).Most))
        {
            case RetryDecision.Again again when !_isStopping && !work.IsCancelled:
                TryAgain(work, attempt, again);
                break;
            case RetryDecision.GiveUp { Why.Length: > 0 } final:
                FailForGood(work, attempt.Failure with { Message = $"{attempt.Failure.Message}; {final.Why}" });
                break;
            default:
                FailForGood(work, attempt.Failure);
                break;
        }
    }

    /// <summary>What it used is another file by now, so it may be another action, or one that is recorded.</summary>
    private void JudgeByWhatIsThere(Work work, Failure failure)
    {
        Tell(new RunEvent.Noticed(Now(), "input-changed", $"{failure.Message}; it is judged again"));
        foreach (var source in work.Step.Inputs.Select(input => input.Source).OfType<InputSource.SourceFile>())
        {
            _services.Scanner.Recheck(source.Path);
        }

        foreach (var tool in work.Step.Tools)
        {
            _services.Places.SiteOf(work.Step).Recheck(tool);
        }

        JudgeAgain(work);
    }

    private void FailForGood(Work work, Failure failure)
    {
        _inFlight.Remove(work.Closed!.Key);
        StopLeading(work);
        Fail(work, failure, isFault: false);
    }

    private void TryAgain(Work work, FailedAttempt attempt, RetryDecision.Again again)
    {
        work.Granted = again.Resources;
        if (again.StartsOver)
        {
            work.Spoilt = _services.Store.State.OpenIntents(work.Step.Id, work.Closed!.Key).Count;
            Tell(new RunEvent.Noticed(
                Now(), "checkpoint-refused", $"{work.Step.Id} could not go on from its checkpoint ({attempt.Failure.Message}); it starts over"));
        }
        else
        {
            Tell(new RunEvent.StepRetrying(Now(), work.Step.Id, attempt.Failure, again, work.Attempts.Count + 1));
        }

        Rest(work, again.Delay);
    }

    /// <summary>What it was given went back to the others; its key stays taken, so equal work waits with it.</summary>
    private void Rest(Work work, TimeSpan delay)
    {
        if (delay == TimeSpan.Zero)
        {
            MakeReady(work);
            return;
        }

        var woken = (work.Stop = CancellationTokenSource.CreateLinkedTokenSource(UntilWoken())).Token;
        Post(work, async () =>
        {
            await Task.Delay(delay, _services.Clock, woken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            return new Message.Rested(work);
        });
    }

    private void OnRested(Work work)
    {
        EndStop(work);
        if (!_isStopping && !work.IsCancelled)
        {
            MakeReady(work);
        }
        else if (_stop.IsCancellationRequested || work.IsCancelled)
        {
            var last = work.Failed[^1].Failure;
            FailForGood(work, last with { Class = FailureClass.Cancelled, Message = $"it was cancelled while it waited to be tried again after: {last.Message}" });
        }
        else
        {
            FailForGood(work, work.Failed[^1].Failure);
        }
    }

    private CancellationToken UntilWoken() => (_pauses ??= CancellationTokenSource.CreateLinkedTokenSource(_stop.Token)).Token;

    /// <summary>Nobody waits for a pause when nothing new starts.</summary>
    private void WakeResting()
    {
        if (_isStopping && _pauses is { IsCancellationRequested: false })
        {
            _pauses.Cancel();
        }
    }
}
