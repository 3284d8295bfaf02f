using System.Runtime.ExceptionServices;
using System.Threading.Channels;
using ScaleMs.Engine.Running;

namespace ScaleMs;

/// <summary>Runs plain tasks, beside each other those that may, with nothing but Cake: no plan, no store.</summary>
internal sealed class OverlappingTasks
{
    private readonly TargetRun _run;
    private readonly List<TaskTurn> _turns;
    private readonly PlainTaskOrder<TaskTurn> _order;
    private readonly Func<TaskTurn, Task<bool>> _runTask;
    private readonly Channel<TaskTurn> _ended = Channel.CreateUnbounded<TaskTurn>();
    private Exception? _broken;
    private bool _isStopping;

    /// <summary>Takes the tasks.</summary>
    /// <param name="run">The run.</param>
    /// <param name="turns">Its tasks, in Cake's order.</param>
    /// <param name="most">How many may run at once.</param>
    /// <param name="runTask">Runs a task; false when it failed, which the run then knows.</param>
    public OverlappingTasks(TargetRun run, List<TaskTurn> turns, int most, Func<TaskTurn, Task<bool>> runTask)
    {
        (_run, _turns, _runTask) = (run, turns, runTask);
        _order = new PlainTaskOrder<TaskTurn>(turns, most, turn => turn.MayOverlap, turn => turn.IsDone);
    }

    /// <summary>Runs them until all have ended, or one has failed and those beside it have ended; then throws what it threw.</summary>
    /// <param name="cancellation">Lets nothing new start.</param>
    public async Task RunAsync(CancellationToken cancellation)
    {
        _turns.Where(turn => turn.Waiting == 0).ToList().ForEach(_order.Add);
        for (Start(cancellation); _order.Running > 0; Start(cancellation))
        {
            Settle(await _ended.Reader.ReadAsync(CancellationToken.None).ConfigureAwait(false));
        }

        if ((_run.Failure ?? _broken) is { } failure)
        {
            ExceptionDispatchInfo.Throw(failure);
        }

        if (_turns.Exists(turn => !turn.IsDone))
        {
            throw new RunFailedException(ExitCodes.Interrupted, $"{string.Join(',', _run.Targets)} was interrupted.");
        }
    }

    private void Start(CancellationToken cancellation)
    {
        while (!_isStopping && !cancellation.IsCancellationRequested && _order.Next(isAtRest: _order.Running == 0) is { } turn)
        {
            _order.Started();
            _ = Task.Run(() => RunAsync(turn), CancellationToken.None);
        }
    }

    private async Task RunAsync(TaskTurn turn)
    {
        try
        {
            turn.Succeeded = await _runTask(turn).ConfigureAwait(false);
        }
        catch (Exception exception)
        {
            // Its output could not be written.
            Interlocked.CompareExchange(ref _broken, exception, null);
        }

        _ended.Writer.TryWrite(turn);
    }

    private void Settle(TaskTurn turn)
    {
        _order.Ended();
        turn.IsDone = true;
        _isStopping |= !turn.Succeeded;
        foreach (var dependent in turn.Dependents.Where(dependent => turn.Succeeded && --dependent.Waiting == 0))
        {
            _order.Add(dependent);
        }
    }
}
