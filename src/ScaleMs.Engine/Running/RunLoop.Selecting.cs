using ScaleMs.Core.Events;
using ScaleMs.Core.Planning;
using ScaleMs.Core.Planning.Selection;

namespace ScaleMs.Engine.Running;

/// <content>What a selection leaves out, and what it forces.</content>
internal sealed partial class RunLoop
{
    private readonly SelectedSteps _selected;

    private readonly ApprovedSteps? _approved;

    private void Force(IEnumerable<Work> works)
    {
        foreach (var work in works.Where(work => work.Node.Step is not null))
        {
            work.Forced = _approved?.IsFromOpen(work.Node) == false ? _approved.Forced(work.Step.Id, _services.Store.State)
                : IsOutsideTarget(work) ? null : _selected.WhyForced(work.Node);
        }
    }

    /// <summary>Whether only the target's own steps are executed, and this is none.</summary>
    private bool IsOutsideTarget(Work work) => _request.OnlyTasks is { } only && !only.Contains(work.Step.Id.Task);

    /// <summary>Why the reviewed plan does not let an instance run; null when it does, or when there is none.</summary>
    private Reason? WhyNotApproved(Work work, Reason reason) =>
        _approved is null ? null
        : !_approved.MayExecute(work.Node) && !IsNeededWhereUnknown(work) ? reason
        : _approved.Moved(work.Step, _services.Scanner) is { } source ? new Reason("source-moved", $"source '{source}' changed since the plan was made") : null;

    /// <summary>Whether it only makes bytes again for what follows where the plan says that this is unknown: nobody could tell then what that would read.</summary>
    private bool IsNeededWhereUnknown(Work work) =>
        work.Forced is not null && work.Demanders?.Exists(reader => _approved!.IsFromOpen(reader.Node) || IsNeededWhereUnknown(reader)) == true;

    /// <summary>What the reviewed plan does not name is not executed, and the run ends: something is not as it was when the plan was made.</summary>
    private void Refuse(Work work, Reason reason)
    {
        Fail(work, Late.OutsideThePlan(work.Step, reason), isFault: false);
        _isStopping = true;
    }

    /// <summary>An instance that would run and may not. A recorded result stands for a skipped one, unless its bytes are what is asked for.</summary>
    private void LeaveOut(Work work, Reason stale)
    {
        var former = work.Forced is null && _selected.IsSkipped(work.Node) ? FormerResult.Of(work.Step, _services.Store.State) : null;
        work.IsLeftOut = true;
        work.HasFormerResult = former is not null;
        work.Result = former ?? work.Result;
        Settle(work, Outcome.Skipped, former is null ? SelectionReasons.LeftOut(stale) : SelectionReasons.FormerResultStands(stale));
    }

    /// <summary>Whether an instance's fate is told by the selection, since something before it is missing.</summary>
    private bool IsSettledBehindLeftOut(Work work, Work bad)
    {
        if (work.Node.Step is not null && !_selected.MayExecute(work.Node) && (bad.IsLeftOut || _selected.IsSkipped(work.Node)))
        {
            LeaveOut(work, new Reason("upstream", $"{bad.Node} {Word(bad.Outcome)}"));
            return true;
        }

        if (bad.IsLeftOut && work.Node.Continuation is not null)
        {
            LeaveUnknown(work, bad);
        }
        else if (bad.IsLeftOut)
        {
            Settle(work, Outcome.Blocked, SelectionReasons.Behind($"{bad.Node}", bad.Why!));
        }

        return bad.IsLeftOut;
    }

    /// <summary>What a left-out step would tell stays unknown. Steps that were asked for may be among that: then the run does not do what it was told.</summary>
    private void LeaveUnknown(Work work, Work bad)
    {
        if (SelectionFaults.Unknown(_request.Selection, _graph).FirstOrDefault(chosen => chosen.Option != "skip") is { } chosen)
        {
            var why = $"{work.Node} stays unknown, as {bad.Node} {Word(bad.Outcome)}, and --{chosen.Option} '{chosen.Pattern}' names no step that is known";
            Tell(new RunEvent.Noticed(Now(), "unknown", why));
            ContinuationFailed = true;
            Settle(work, Outcome.Blocked, new Reason("blocked", why));
            return;
        }

        work.IsLeftOut = true;
        Settle(work, Outcome.Skipped, new Reason("left-out", $"{bad.Node} {Word(bad.Outcome)}"));
    }
}
