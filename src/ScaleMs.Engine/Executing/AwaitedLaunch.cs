using ScaleMs.Core.Ports;

namespace ScaleMs.Engine.Executing;

/// <summary>A launch elsewhere, awaited until it ends or until this run cannot go on.</summary>
internal sealed class AwaitedLaunch
{
    private readonly ILauncher _launcher;
    private readonly StopSigns _signs;
    private readonly string _attempt;
    private readonly CancellationTokenSource _end;
    private readonly Task<LaunchResult> _running;
    private volatile bool _isLeft;

    /// <summary>Launches it.</summary>
    public AwaitedLaunch(ILauncher launcher, LaunchRequest request, Action<string>? onLine, StopSigns signs)
    {
        (_launcher, _signs, _attempt) = (launcher, signs, Path.GetDirectoryName(request.Directory)!);
        _end = CancellationTokenSource.CreateLinkedTokenSource(signs.Cancel);
        _running = launcher.RunAsync(request, onLine is null ? null : Hear, _end.Token);

        void Hear(string line)
        {
            if (!_isLeft)
            {
                onLine(line);
            }
        }
    }

    /// <summary>Awaits the end. What is left goes on unheard, as when this process is killed.</summary>
    public async Task<LaunchResult> EndAsync()
    {
        await UntilStoppedAsync().ConfigureAwait(false);
        if (!_running.IsCompleted && !_signs.Cancel.IsCancellationRequested)
        {
            if (_launcher.CanTakeOver(_attempt))
            {
                _isLeft = true;
                return new LaunchResult { End = LaunchEnd.Cancelled, IsLeft = true };
            }

            _end.Cancel();
        }

        var result = await _running.ConfigureAwait(false);
        _end.Dispose();
        return result;
    }

    private async Task UntilStoppedAsync()
    {
        var stopped = new TaskCompletionSource();
        await using var sign = _signs.Stop.Register(stopped.SetResult).ConfigureAwait(false);
        await Task.WhenAny(_running, stopped.Task).ConfigureAwait(false);
    }
}
