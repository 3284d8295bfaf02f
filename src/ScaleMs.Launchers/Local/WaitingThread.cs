using System.Collections.Concurrent;

namespace ScaleMs.Launchers.Local;

/// <summary>A thread that blocks for somebody, and then for the next: starting one for each command takes as long as a short command.</summary>
internal sealed class WaitingThread
{
    private const int StackBytes = 128 * 1024;
    private static readonly TimeSpan LongestIdle = TimeSpan.FromSeconds(2);
    private static readonly ConcurrentBag<WaitingThread> Idle = [];

    private readonly object _gate = new();
    private Action? _work;

    private WaitingThread(Action work) => _work = work;

    /// <summary>Runs something that blocks, on an idle thread or a new one; it must not throw.</summary>
    public static void Run(Action work)
    {
        if (Idle.TryTake(out var idle))
        {
            idle.Take(work);
        }
        else
        {
            new Thread(new WaitingThread(work).Live, StackBytes) { IsBackground = true, Name = "scalems wait" }.Start();
        }
    }

    private void Take(Action work)
    {
        lock (_gate)
        {
            _work = work;
            Monitor.Pulse(_gate);
        }
    }

    private void Live()
    {
        for (var work = _work; work is not null; work = Next())
        {
            work();
        }
    }

    /// <summary>The next thing to wait for; null when there was none for a while and this thread is no longer among the idle ones.</summary>
    private Action? Next()
    {
        lock (_gate)
        {
            _work = null;
            Idle.Add(this);
            while (_work is null)
            {
                if (!Monitor.Wait(_gate, LongestIdle) && _work is null && TryLeave())
                {
                    return null;
                }
            }

            return _work;
        }
    }

    /// <summary>Takes itself off the idle ones; where another one comes up, or somebody gives it work right now, it waits on.</summary>
    private bool TryLeave()
    {
        if (!Idle.TryTake(out var leaving) || leaving == this)
        {
            return leaving == this;
        }

        Idle.Add(leaving);
        return false;
    }
}
