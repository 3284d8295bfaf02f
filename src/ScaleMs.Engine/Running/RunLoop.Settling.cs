using ScaleMs.Core.Digests;
using ScaleMs.Core.Events;
using ScaleMs.Core.Failures;
using ScaleMs.Core.Model;
using ScaleMs.Core.Planning;
using ScaleMs.Core.Records;

namespace ScaleMs.Engine.Running;

/// <content>Outcomes, and what they mean for others.</content>
internal sealed partial class RunLoop
{
    private void Fail(Work work, Failure failure, bool isFault)
    {
        FoundFault |= isFault;
        ContinuationFailed |= work.Node.Continuation is not null;
        work.Failure = failure;
        Settle(work, failure.Class == FailureClass.Cancelled ? Outcome.Cancelled : Outcome.Failed, work.Verdict?.Reason ?? new Reason("failed", failure.Message));
        if (!_request.KeepGoing && !work.IsCancelled)
        {
            _isStopping = true;
        }
    }

    /// <summary>No new step starts; running ones are told to end, wherever they run.</summary>
    private void Stop()
    {
        _isStopping = true;
        _cancel.Cancel();
    }

    private void Settle(Work work, Outcome outcome, Reason reason)
    {
        work.Outcome = outcome;
        work.Phase = Phase.Settled;
        work.Forced = null;
        _unsettled--;
        if (work.Node.Continuation is not null && !_expander.IsExpanded(work.Node))
        {
            _expander.GiveUp(work.Node);
        }

        if (work.Node.Step is not null)
        {
            TellStep(work, work.Reopened is not null && outcome == Outcome.Executed ? work.Reopened : reason);
        }

        WakeDependents(work);
        WakeParked(work);
        if (work.IsOutdated)
        {
            work.IsOutdated = false;
            Reopen(work, new Reason("nondeterministic-producer", "a producer was made again and differs"), isForced: false);
        }

        _lastReaders.OnSettled(work);
        LetGo(work);
    }

    /// <summary>Tens of thousands are settled while others run: what only a judgement or an attempt needs goes.</summary>
    private void LetGo(Work work)
    {
        if (work.Phase != Phase.Settled)
        {
            return;
        }

        work.LetGo();
        if (work.Node.Index < _planned.Length)
        {
            _planned[work.Node.Index] = null;
        }
    }

    private void TellStep(Work work, Reason reason)
    {
        if (work.Why is not null)
        {
            _settled.Remove(work);
        }

        _settled.Add(work);
        work.Why = reason;
        work.Metrics = StepResults.MetricsOf(work);
        Tell(new RunEvent.StepFinished(Now(), StepResults.Of(work, WhereRuns(work).Name)));
    }

    private void WakeDependents(Work work)
    {
        // Nothing comes to wait for it meanwhile.
        for (var i = 0; i < work.Node.Dependents.Count; i++)
        {
            var dependent = _works[work.Node.Dependents[i].Index];
            if (work.IsSettledAgain)
            {
                ReopenIfStale(work, dependent);
            }
            else if (--dependent.Waits == 0 && dependent.Phase == Phase.Waiting)
            {
                _toJudge.Enqueue(dependent);
            }
        }

        if (work.Demanders is { } demanders)
        {
            work.Demanders = null;
            demanders.ForEach(WakeDemander);
        }

        work.IsSettledAgain = true;
        work.Seen = work.Result;
    }

    private void WakeDemander(Work demander)
    {
        if (--demander.Waits == 0)
        {
            _toJudge.Enqueue(demander);
        }
    }

    private void WakeParked(Work work)
    {
        if (work.Key is null || !_parked.Remove(work.Key, out var waiting))
        {
            return;
        }

        foreach (var parked in waiting)
        {
            // The bytes that it was to make again may be there now; if they are not, whoever needs them asks again.
            parked.Forced = null;
            if (work is { Phase: Phase.Settled, IsGood: true })
            {
                _bytesInUse.Take(parked.Step.Id, work.Result!);
            }

            parked.Phase = Phase.Waiting;
            _toJudge.Enqueue(parked);
        }
    }

    /// <summary>A producer was made again: consumers that were settled on its former identity are judged anew if it differs.</summary>
    private void ReopenIfStale(Work producer, Work dependent)
    {
        if (dependent.Node.Continuation is not null)
        {
            CheckContent(dependent);
        }

        if (dependent.Node.Step is null || !dependent.Node.Producers.Contains(producer.Node) || SameFor(producer, dependent))
        {
            return;
        }

        var reason = new Reason("nondeterministic-producer", $"nondeterministic producer: {producer.Step.Id} was made again and differs");
        if (dependent.Phase == Phase.Settled && dependent.IsGood)
        {
            Reopen(dependent, reason, isForced: false);
        }
        else if (dependent.Phase is Phase.Running or Phase.Ready)
        {
            dependent.IsOutdated = true;
        }
    }

    private static bool SameFor(Work producer, Work dependent) =>
        producer.Seen is { } seen && producer.Result is { } now && Taken(producer, dependent, seen).SequenceEqual(Taken(producer, dependent, now));

    /// <summary>What a consumer's key takes of a result.</summary>
    private static IEnumerable<Digest?> Taken(Work producer, Work dependent, ActionResult result) => dependent.Step.Inputs
        .Where(input => input.Source is InputSource.StepOutput source && source.Step == producer.Step.Id)
        .Select(input => (input.AsBytes, Output: result.Find(((InputSource.StepOutput)input.Source).Output)))
        .Select(taken => taken.AsBytes ? taken.Output?.Bytes : taken.Output?.Identity);

    private void Reopen(Work work, Reason reason, bool isForced)
    {
        if (work.Node.Step is { } step && _graph.IsSettled(step.Id))
        {
            throw new WholeRunNeededException($"{step.Id} is to be made again");
        }

        if (isForced)
        {
            work.Forced = reason;
        }

        if (work.Phase != Phase.Settled)
        {
            return;
        }

        work.Reopened = reason;
        work.Failure = null;
        work.Phase = Phase.Waiting;
        _unsettled++;
        _toJudge.Enqueue(work);
    }
}
