using System.Diagnostics;
using ScaleMs.Launchers.Local;

namespace ScaleMs.Launchers.Calls;

/// <summary>The processes that wait for their next call: no more than twice as many as calls were ever under way at once.</summary>
internal sealed class CallPool : IAsyncDisposable
{
    private const int MostCalls = 1000;
    private const int PerCall = 2; // steps of two environments may take turns
    private static readonly TimeSpan LongestIdle = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan LookEvery = TimeSpan.FromSeconds(5);

    private readonly Lock _lock = new();
    private readonly List<CallProcess> _idle = [];
    private readonly List<Task> _ending = [];
    private Timer? _timer;
    private int _calls;
    private int _mostCalls;
    private bool _isClosed;

    /// <summary>Makes a call and counts it while it is under way.</summary>
    internal async Task<T> CountedAsync<T>(Func<Task<T>> call)
    {
        lock (_lock)
        {
            _mostCalls = Math.Max(_mostCalls, ++_calls);
        }

        try
        {
            return await call().ConfigureAwait(false);
        }
        finally
        {
            lock (_lock)
            {
                _calls--;
            }
        }
    }

    /// <summary>The process that became idle last; null when there is none.</summary>
    /// <param name="key">What it must have in common with a call.</param>
    /// <param name="mostBytes">How much memory it may have; 0 for any.</param>
    internal CallProcess? Take(string key, long mostBytes)
    {
        lock (_lock)
        {
            End(HasEnded);
            var index = _idle.FindLastIndex(process => process.Key == key && (mostBytes == 0 || ProcFiles.ResidentBytesOf(process.Child.Id) <= mostBytes));
            if (index < 0)
            {
                return null;
            }

            var taken = _idle[index];
            _idle.RemoveAt(index);
            return taken;
        }
    }

    /// <summary>Keeps a process for later calls, unless it has made its share of them.</summary>
    internal void Give(CallProcess process)
    {
        lock (_lock)
        {
            process.IdleSince = Stopwatch.GetTimestamp();
            _idle.Add(process);
            End(one => _isClosed || one.Calls >= MostCalls || (_idle.Count > _mostCalls * PerCall && one == _idle[0]));
            _timer ??= new Timer(_ => EndOld(), null, LookEvery, LookEvery);
        }
    }

    /// <summary>Ends all, and returns when they are gone.</summary>
    public async ValueTask DisposeAsync()
    {
        Task all;
        lock (_lock)
        {
            _isClosed = true;
            End(_ => true);
            all = Task.WhenAll(_ending);
        }

        if (_timer is not null)
        {
            await _timer.DisposeAsync().ConfigureAwait(false);
        }

        await all.ConfigureAwait(false);
    }

    private static bool HasEnded(CallProcess process) => process.Child.Exited.IsCompleted;

    private void EndOld()
    {
        lock (_lock)
        {
            End(process => HasEnded(process) || Stopwatch.GetElapsedTime(process.IdleSince) > LongestIdle);
        }
    }

    private void End(Predicate<CallProcess> which)
    {
        foreach (var process in _idle.FindAll(which))
        {
            _idle.Remove(process);
            _ending.Add(process.EndAsync());
        }

        _ending.RemoveAll(ending => ending.IsCompleted);
    }
}
