using ScaleMs.Core.Ports;

namespace ScaleMs.Testing;

/// <summary>An attempt under way.</summary>
internal sealed class ScriptedAttempt(ScriptedStep step, int index)
{
    private readonly TaskCompletionSource<LaunchResult> _end = new();

    public ScriptedStep Step { get; } = step;

    /// <summary>Its place in the launcher's list.</summary>
    public int Index { get; } = index;

    public ITimer? Timer { get; set; }

    public Task<LaunchResult> Task => _end.Task;

    public bool TryEnd(LaunchResult result) => _end.TrySetResult(result);

    public void Break(Exception exception) => _end.TrySetException(exception);
}
