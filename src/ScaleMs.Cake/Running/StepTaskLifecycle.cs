using Cake.Core;
using ScaleMs.Core.Events;
using ScaleMs.Core.Model;

namespace ScaleMs;

/// <summary>Calls the task setup at a step task's first executed instance and the task teardown after its last instance is settled.</summary>
/// <remarks>The calls are serialised by the event stream; the spans of two tasks may overlap, which in Cake they never do.</remarks>
internal sealed class StepTaskLifecycle(TargetRun run, IReadOnlyDictionary<string, CakeTask> tasks, Dictionary<string, int> instances, Dictionary<string, int> open) : IRunObserver
{
    private readonly Dictionary<string, DateTimeOffset> _started = new(StringComparer.Ordinal);
    private readonly Dictionary<string, HashSet<StepId>> _settled = new(StringComparer.Ordinal);

    /// <summary>What the first task setup or teardown threw; the run ends with it.</summary>
    public Exception? Failure { get; private set; }

    public void On(RunEvent runEvent)
    {
        switch (runEvent)
        {
            case RunEvent.StepStarted started when _started.TryAdd(started.Step.Task, started.At):
                SetUp(started.Step.Task);
                break;
            case RunEvent.Expanded expanded:
                instances[expanded.Task] = instances.GetValueOrDefault(expanded.Task) + expanded.Steps.Count;
                open[expanded.Task] += expanded.Continuations - 1;
                EndIfSettled(expanded.Task, expanded.At);
                break;
            case RunEvent.StepFinished finished:
                OnSettled(finished.Result.Id, finished.At);
                break;
        }
    }

    private void OnSettled(StepId id, DateTimeOffset at)
    {
        if (!_settled.TryGetValue(id.Task, out var settled))
        {
            _settled[id.Task] = settled = new HashSet<StepId>(instances.GetValueOrDefault(id.Task));
        }

        // An instance that was opened again is settled twice, but counts once.
        if (settled.Add(id))
        {
            EndIfSettled(id.Task, at);
        }
    }

    /// <summary>A task has ended when all its instances are settled and no more can come.</summary>
    private void EndIfSettled(string task, DateTimeOffset at)
    {
        if (open.GetValueOrDefault(task) == 0 && _settled.TryGetValue(task, out var settled) && settled.Count == instances[task] && _started.TryGetValue(task, out var began))
        {
            TearDown(task, at - began);
        }
    }

    private void SetUp(string task) => Call(() => run.SetUp(tasks[task], skipped: false));

    private void TearDown(string task, TimeSpan span) => Call(() => run.TearDown(tasks[task], span, skipped: false, null));

    private void Call(Action action)
    {
        try
        {
            action();
        }
        catch (Exception exception)
        {
            // The event stream must go on; the run tells it at its end.
            Failure ??= exception;
        }
    }
}
