using Cake.Core;
using ScaleMs.Core.Events;

namespace ScaleMs;

/// <summary>Calls the task setup at a step task's first executed instance and the task teardown after its last instance is settled.</summary>
/// <remarks>The calls are serialised by the event stream; the spans of two tasks may overlap, which in Cake they never do.</remarks>
internal sealed class StepTaskLifecycle(ICakeContext context, IExecutionStrategy strategy, ScaleMsEngine engine, IReadOnlyDictionary<string, (CakeTask Task, int Instances)> tasks) : IRunObserver
{
    private readonly Dictionary<string, DateTimeOffset> _started = new(StringComparer.Ordinal);
    private readonly Dictionary<string, int> _settled = new(StringComparer.Ordinal);

    public void On(RunEvent runEvent)
    {
        switch (runEvent)
        {
            case RunEvent.StepStarted started when _started.TryAdd(started.Step.Task, started.At):
                engine.PerformTaskSetup(context, strategy, tasks[started.Step.Task].Task);
                break;
            case RunEvent.StepFinished finished:
                OnSettled(finished.Result.Id.Task, finished.At);
                break;
        }
    }

    private void OnSettled(string name, DateTimeOffset at)
    {
        _settled[name] = _settled.GetValueOrDefault(name) + 1;
        if (_settled[name] == tasks[name].Instances && _started.TryGetValue(name, out var began))
        {
            engine.PerformTaskTeardown(context, strategy, tasks[name].Task, at - began, skipped: false, null);
        }
    }
}
