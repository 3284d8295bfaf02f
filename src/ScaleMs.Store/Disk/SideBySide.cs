using System.Runtime.ExceptionServices;

namespace ScaleMs.Store.Disk;

/// <summary>Work that waits for the disk, several at a time, on threads of its own: the pool's would be missed by those who compute.</summary>
internal static class SideBySide
{
    /// <summary>A file system merges flushes that arrive together.</summary>
    private const int Width = 8;

    /// <summary>Begins something on a thread of its own.</summary>
    /// <returns>Ends with it, and fails with what it threw; null when the system gives no more threads.</returns>
    public static Task? TryBegin(Action action)
    {
        try
        {
            return Task.Factory.StartNew(action, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
        }
        catch (TaskSchedulerException)
        {
            return null;
        }
    }

    /// <summary>Does something for each path; after the first that fails no more are begun.</summary>
    /// <exception cref="Exception">What the first that failed threw.</exception>
    public static void Each(IReadOnlyList<string> paths, Action<string> action)
    {
        var next = -1;
        Exception? first = null;
        Task[] others = [.. Enumerable.Range(1, Math.Clamp(paths.Count - 1, 0, Width - 1)).Select(_ => TryBegin(Work)).OfType<Task>()];
        Work();
        Task.WaitAll(others);
        if (first is not null)
        {
            ExceptionDispatchInfo.Throw(first);
        }

        void Work()
        {
            for (var i = Interlocked.Increment(ref next); i < paths.Count && Volatile.Read(ref first) is null; i = Interlocked.Increment(ref next))
            {
                try
                {
                    action(paths[i]);
                }
                catch (Exception cause)
                {
                    Interlocked.CompareExchange(ref first, cause, null);
                }
            }
        }
    }
}
