using ScaleMs.Core.Events;
using ScaleMs.Core.Planning;
using ScaleMs.Core.Planning.Selection;

namespace ScaleMs.Engine.Running;

/// <content>Steps that somebody outside ends while the run goes on.</content>
internal sealed partial class RunLoop
{
    /// <summary>What a dead client left running elsewhere, in a run that a failure stopped: it is the next run's, unless somebody says meanwhile that it is to end.</summary>
    private readonly List<Work> _held = [];

    private void OnStepsCancelled(Message.StepsCancelled asked)
    {
        var cancelled = _works.Where(work => IsToBeCancelled(work, asked.Patterns)).ToList();
        cancelled.ForEach(work => work.IsCancelled = true);
        var running = cancelled.Where(work => work.Stop is not null).ToList();
        running.ForEach(work => work.Stop!.Cancel());
        if (running.Count < cancelled.Count)
        {
            DropCancelled();
        }

        asked.Answer.TrySetResult(new CancelledSteps(
            running.Count, cancelled.Count - running.Count, [.. running.Take(CancelledSteps.MostNamed).Select(work => work.Step.Id.ToString())]));
    }

    /// <summary>What is being imported or published is as good as done, and holds no key that others wait for.</summary>
    private bool IsToBeCancelled(Work work, IReadOnlyList<StepPattern> patterns) =>
        work.Node.Step is not null && work.Phase != Phase.Settled && !work.IsCancelled
        && (work.Phase != Phase.Running || (_services.Importer is null && _inFlight.GetValueOrDefault(work.Closed!.Key) == work))
        && patterns.Any(pattern => pattern.Matches(work.Step.Id));

    /// <summary>Those of them that wait for resources, or for another run, wait no longer. All others are settled when their turn comes.</summary>
    private void DropCancelled()
    {
        var held = _held.ToList();
        _held.Clear();
        held.ForEach(GetReady);
        foreach (var place in _services.Places.All)
        {
            var waiting = new List<Work>();
            while (place.Ready.Drop() is { } item)
            {
                waiting.Add(_works[item]);
            }

            waiting.ForEach(GetReady);
        }

        DropCancelledFollowers();
    }

    private void DropCancelledFollowers()
    {
        for (var left = _followers.Count; left > 0; left--)
        {
            var work = _followers.Dequeue();
            if (work.IsCancelled)
            {
                SettleCancelled(work);
            }
            else
            {
                _followers.Enqueue(work);
            }
        }
    }

    /// <summary>
    /// Nothing begins that was cancelled, or that the run's end came before. What a dead client left running elsewhere has begun: where somebody said that it is
    /// to end, it is awaited when its turn comes, and told to.
    /// </summary>
    private bool IsNotToBegin(Work work) => (work.IsCancelled || _isStopping) && !((work.IsCancelled || _isCancelled) && IsLeftRunning(work));

    private void HoldOrSettle(Work work)
    {
        if (!work.IsCancelled && IsLeftRunning(work))
        {
            _held.Add(work);
        }
        else
        {
            SettleCancelled(work);
        }
    }

    /// <summary>Nothing is under way any more: what was held is left.</summary>
    /// <returns>Whether there was anything.</returns>
    private bool SettleHeld()
    {
        var held = _held.ToList();
        _held.Clear();
        held.ForEach(SettleCancelled);
        return held.Count > 0;
    }

    /// <summary>What could be ended has ended.</summary>
    private static void EndStop(Work work)
    {
        work.Stop?.Dispose();
        work.Stop = null;
    }

    /// <summary>It did not begin, and will not.</summary>
    private void SettleCancelled(Work work)
    {
        _inFlight.Remove(work.Closed!.Key);
        StopLeading(work);
        Settle(work, Outcome.Cancelled, work.Verdict!.Reason);
    }
}
