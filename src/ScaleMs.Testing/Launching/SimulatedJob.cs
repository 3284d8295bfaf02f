using ScaleMs.Core.Digests;
using ScaleMs.Core.Ports;

namespace ScaleMs.Testing;

/// <summary>An attempt at a <see cref="SimulatedSite"/>: it outlives the host that began it.</summary>
internal sealed class SimulatedJob(SimulatedSite site)
{
    private Action<LaunchResult>? _listener;

    /// <summary>How it ended; null while it is under way.</summary>
    public LaunchResult? Result { get; private set; }

    public ITimer? Timer { get; set; }

    /// <summary>What it left, by its path: a host that takes it over finds again what a crashed one took.</summary>
    public IReadOnlyDictionary<string, Digest> Left { get; set; } = new Dictionary<string, Digest>();

    /// <summary>Waits for the end. Who waited before is dead, and a dead host hears of nothing.</summary>
    public Task<LaunchResult> WaitAsync(HostLife life)
    {
        var end = new TaskCompletionSource<LaunchResult>();
        _listener = result => _ = !life.IsDown && end.TrySetResult(result);
        if (Result is { } known)
        {
            end.SetResult(known);
        }

        return end.Task;
    }

    public void End(LaunchResult result)
    {
        Timer?.Dispose();
        if (Result is null)
        {
            Result = result;
            site.Ended();
            _listener?.Invoke(result);
        }
    }
}
