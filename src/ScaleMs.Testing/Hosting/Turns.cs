using System.Runtime.ExceptionServices;

namespace ScaleMs.Testing;

/// <summary>Runs everything that a run does on one thread, one turn after another; the clock moves when there is nothing left to do.</summary>
/// <remarks>So the same workflow, script and seed give the same order of everything, and virtual time never runs ahead of the work.</remarks>
internal sealed class Turns(VirtualClock clock, HostLife life)
{
    private static readonly TimeSpan StuckAfter = TimeSpan.FromSeconds(30);
    private readonly Queue<Func<Task>> _waiting = new();

    /// <summary>Takes work for a later turn.</summary>
    public void Post(Func<Task> work)
    {
        lock (_waiting)
        {
            _waiting.Enqueue(work);
            Monitor.Pulse(_waiting);
        }
    }

    /// <summary>Runs to the end, or until the host is down.</summary>
    /// <returns>What came of it; null when the host went down first.</returns>
    public T? Run<T>(Func<Task<T>> begin)
        where T : class
    {
        T? result = null;
        ExceptionDispatchInfo? problem = null;
        // A thread of its own has no synchronization context: what is awaited goes on where it was completed.
        var thread = new Thread(() =>
        {
            try
            {
                result = TakeTurns(begin());
            }
            catch (Exception exception)
            {
                problem = ExceptionDispatchInfo.Capture(exception);
            }
        }, maxStackSize: 64 << 20);
        thread.Start();
        thread.Join();
        problem?.Throw();
        return result;
    }

    private T? TakeTurns<T>(Task<T> run)
        where T : class
    {
        _ = run.ContinueWith(_ => Wake(), CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
        while (!run.IsCompleted && !life.IsDown)
        {
            if (Next() is { } work)
            {
                _ = work();
            }
            else if (!clock.AdvanceToNextTimer() && !WaitForOthers(run))
            {
                throw new InvalidOperationException($"The run has waited {StuckAfter.TotalSeconds} s of real time for something that is on none of its ports.");
            }
        }

        return life.IsDown ? null : run.GetAwaiter().GetResult();
    }

    private Func<Task>? Next()
    {
        lock (_waiting)
        {
            return _waiting.TryDequeue(out var work) ? work : null;
        }
    }

    /// <summary>Something goes on elsewhere: a cancellation tells its listeners on the thread pool.</summary>
    private bool WaitForOthers(Task run)
    {
        lock (_waiting)
        {
            return _waiting.Count > 0 || run.IsCompleted || Monitor.Wait(_waiting, StuckAfter);
        }
    }

    private void Wake()
    {
        lock (_waiting)
        {
            Monitor.PulseAll(_waiting);
        }
    }
}
