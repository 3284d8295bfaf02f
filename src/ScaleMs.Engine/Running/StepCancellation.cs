using ScaleMs.Core.Events;
using ScaleMs.Core.Planning.Selection;

namespace ScaleMs.Engine.Running;

/// <summary>By which somebody outside ends single steps of a run that goes on otherwise.</summary>
/// <remarks>Thread-safe. It serves one run at a time, while that executes.</remarks>
public sealed class StepCancellation
{
    private readonly Lock _gate = new();
    private readonly List<TaskCompletionSource<CancelledSteps?>> _open = [];
    private Action<IReadOnlyList<StepPattern>, TaskCompletionSource<CancelledSteps?>>? _ask;

    /// <summary>Ends the steps that patterns name, as far as they are not done.</summary>
    /// <param name="patterns">As those of <c>--only</c>.</param>
    /// <returns>What became of it; null when no run executes steps now.</returns>
    public Task<CancelledSteps?> CancelAsync(IReadOnlyList<string> patterns)
    {
        ArgumentNullException.ThrowIfNull(patterns);
        var answer = new TaskCompletionSource<CancelledSteps?>(TaskCreationOptions.RunContinuationsAsynchronously);
        lock (_gate)
        {
            if (_ask is null)
            {
                answer.SetResult(null);
            }
            else
            {
                _open.RemoveAll(asked => asked.Task.IsCompleted);
                _open.Add(answer);
                _ask([.. patterns.Select(StepPattern.Parse)], answer);
            }
        }

        return answer.Task;
    }

    internal void Open(Action<IReadOnlyList<StepPattern>, TaskCompletionSource<CancelledSteps?>> ask)
    {
        lock (_gate)
        {
            _ask = ask;
        }
    }

    /// <summary>The run ends: what it did not come to answer is answered.</summary>
    internal void Close()
    {
        lock (_gate)
        {
            _ask = null;
            _open.ForEach(asked => asked.TrySetResult(null));
            _open.Clear();
        }
    }
}
