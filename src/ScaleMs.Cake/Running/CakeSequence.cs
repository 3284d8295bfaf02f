using Cake.Core;
using ScaleMs.Engine.Running;

namespace ScaleMs;

/// <summary>A run without steps: its tasks as in Cake's own engine, without a store, a plan or a word of ours.</summary>
/// <param name="run">The run.</param>
/// <param name="graph">All tasks of the build.</param>
/// <param name="closure">Those of the targets.</param>
/// <param name="overlap">Which tasks may run beside each other; null when they run one after the other.</param>
internal sealed class CakeSequence(TargetRun run, TaskGraph graph, TaskClosure closure, PlainOverlap? overlap)
{
    private readonly CakeReport _report = new();

    public async Task<CakeReport> RunAsync()
    {
        List<TaskClosure> parts = run.IsEachForItself ? [.. run.Targets.Select(target => new TaskClosure(graph, [target]))] : [closure];
        await run.Engine.InLifetimeAsync(run, closure[run.Targets[0]], parts[0].Order, _report, async () =>
        {
            for (var i = 0; i < parts.Count; i++)
            {
                await RunAsync(parts[i], run.IsEachForItself ? [run.Targets[i]] : run.Targets).ConfigureAwait(false);
            }
        }).ConfigureAwait(false);
        ExitCodeRecord.Set(ExitCodes.Done);
        return _report;
    }

    private Task RunAsync(TaskClosure part, IReadOnlyList<string> targets) => overlap is null ? InTurnAsync(part, targets) : OverlappingAsync(part, targets, overlap);

    private async Task InTurnAsync(TaskClosure part, IReadOnlyList<string> targets)
    {
        var tasks = new PlainTasks(run, _report, targets);
        foreach (var task in part.Order.Where(task => !run.IsExclusive || tasks.IsTarget(task)))
        {
            await tasks.RunAsync(task).ConfigureAwait(false);
        }
    }

    private async Task OverlappingAsync(TaskClosure part, IReadOnlyList<string> targets, PlainOverlap overlap)
    {
        var reports = new TaskReports();
        using var grouped = new GroupedOutput();
        using var interruption = new Interruption(() => { }, isDetached: false);
        try
        {
            await new OverlappingTasks(run, TaskTurn.Of(part, overlap), overlap.Most, RunAsync).RunAsync(interruption.Token).ConfigureAwait(false);
        }
        finally
        {
            reports.AppendTo(_report, part.Order);
        }

        Task<bool> RunAsync(TaskTurn turn)
        {
            var tasks = new PlainTasks(run, reports.Of(turn.Task), targets);
            return run.IsExclusive && !tasks.IsTarget(turn.Task) ? Task.FromResult(true) : turn.MayOverlap ? grouped.RunAsync(() => tasks.TryAsync(turn.Task)) : tasks.TryAsync(turn.Task);
        }
    }
}
