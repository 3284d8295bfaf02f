using ScaleMs.Core.Ports;

namespace ScaleMs.Launchers.Calls;

/// <summary>Keeps processes that make calls of function steps, one after another; everything else is another launcher's.</summary>
/// <remarks>
/// Calls of one environment, program and work directory share processes, one call at a time each; few wait for their next one, and none longer than half a minute. Whatever ends a
/// call ends its process: its time limit, its memory limit, a cancellation. So does what it left behind: a process, or a file of its attempt that is open. What cannot
/// share a process, because its output passes through a filter or because the system is not Linux, has one of its own.
/// </remarks>
/// <param name="inner">Runs everything else.</param>
public sealed class CallLauncher(ILauncher inner) : ILauncher, IAsyncDisposable
{
    private readonly CallPool _pool = new();

    /// <inheritdoc/>
    public string Name => inner.Name;

    /// <inheritdoc/>
    public Task<LaunchResult> RunAsync(LaunchRequest request, Action<string>? onLine, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(request);
        return request is { Worker: not null, LogFilter: null } && OperatingSystem.IsLinux()
            ? _pool.CountedAsync(new CallRun(request, onLine, _pool, cancellation).RunAsync)
            : inner.RunAsync(request, onLine, cancellation);
    }

    /// <inheritdoc/>
    public int Reap(string workDirectory) => inner.Reap(workDirectory);

    /// <inheritdoc/>
    public bool CanTakeOver(string directory) => inner.CanTakeOver(directory);

    /// <summary>Ends the processes that wait.</summary>
    /// <returns>When they are gone.</returns>
    public ValueTask DisposeAsync() => _pool.DisposeAsync();
}
