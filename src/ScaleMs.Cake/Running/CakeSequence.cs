using Cake.Core;
using ScaleMs.Engine.Running;

namespace ScaleMs;

/// <summary>A run without steps: its tasks one after the other, as in Cake's own engine, without a store, a plan or a word of ours.</summary>
internal sealed class CakeSequence(ScaleMsEngine engine, ICakeContext context, IExecutionStrategy strategy, ExecutionSettings settings, TaskGraph graph, TaskClosure closure)
{
    private readonly CakeReport _report = new();

    public async Task<CakeReport> RunAsync()
    {
        var targets = settings.Targets.ToList();
        // Cake's setting for a run of several targets as it once was: each target's tasks for themselves, those that they share again.
        var isSplit = targets.Count > 1 && !settings.UnifiedDependencyGraphForMultipleTargets;
        var orders = isSplit ? targets.ConvertAll(target => new TaskClosure(graph, [target]).Order) : [closure.Order];
        await engine.InLifetimeAsync(context, strategy, closure[targets[0]], orders[0], _report, async () =>
        {
            for (var i = 0; i < orders.Count; i++)
            {
                await RunAsync(orders[i], isSplit ? [targets[i]] : targets).ConfigureAwait(false);
            }
        }).ConfigureAwait(false);
        ExitCodeRecord.Set(ExitCodes.Done);
        return _report;
    }

    private async Task RunAsync(IReadOnlyList<CakeTask> order, List<string> targets)
    {
        var tasks = new PlainTasks(context, strategy, engine, _report, targets);
        foreach (var task in order.Where(task => !settings.Exclusive || tasks.IsTarget(task)))
        {
            await tasks.RunAsync(task).ConfigureAwait(false);
        }
    }
}
