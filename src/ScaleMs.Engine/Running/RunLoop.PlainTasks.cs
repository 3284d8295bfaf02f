using ScaleMs.Core.Events;
using ScaleMs.Core.Planning;

namespace ScaleMs.Engine.Running;

/// <content>Plain tasks: when they start, and what their end means.</content>
internal sealed partial class RunLoop
{
    private readonly PlainTaskOrder<Work>? _plainTasks;

    private void StartPlainTasks()
    {
        while (_plainTasks?.Next(isAtRest: _posted == 0 && _toJudge.Count == 0) is { } work)
        {
            if (_isStopping)
            {
                Settle(work, Outcome.Cancelled, new Reason("stopped", "the run ended before it began"));
            }
            else
            {
                StartPlainTask(work);
            }
        }
    }

    private void StartPlainTask(Work work)
    {
        _plainTasks!.Started();
        work.Phase = Phase.Running;
        var began = _services.Clock.GetTimestamp();
        Tell(new RunEvent.TaskStarted(Now(), work.Node.Task));
        Post(work, async () =>
        {
            var succeeded = await _request.RunPlainTask(work.Node.TaskEnd!).ConfigureAwait(false);
            return new Message.PlainTaskEnded(work, succeeded, _services.Clock.GetElapsedTime(began).TotalSeconds);
        });
    }

    private void OnPlainTaskEnded(Message.PlainTaskEnded ended)
    {
        _plainTasks!.Ended();
        PlainTaskFailed |= !ended.Succeeded;
        var outcome = ended.Succeeded ? Outcome.Executed : Outcome.Failed;
        Tell(new RunEvent.TaskFinished(Now(), ended.Work.Node.Task, outcome, ended.WallSeconds));
        // It may have changed any file or tool: what was seen before it counts no more.
        _services.Scanner.OpenEpoch();
        foreach (var place in _services.Places.All)
        {
            place.Site.OpenEpoch();
        }
        Settle(ended.Work, outcome, new Reason("plain-task", "a plain task runs each time"));
        if (!ended.Succeeded && !_request.KeepGoing)
        {
            _isStopping = true;
        }
    }

    private List<Work> PlainTasksOf(RunRequest request)
    {
        var works = _works.Where(work => work.Node.TaskEnd is { IsPlain: true }).ToDictionary(work => work.Node.Task, StringComparer.OrdinalIgnoreCase);
        return [.. request.Definition.Tasks.Where(task => task.IsPlain).Select(task => works[task.Name])];
    }

    private static bool MayOverlap(Work work) => work.Node.TaskEnd!.MayOverlap;

    private static bool IsSettled(Work work) => work.Phase == Phase.Settled;
}
