using System.Collections;
using ScaleMs.Core.Model;

namespace ScaleMs.Reporting.Terminal;

/// <summary>Instances that run, those that began first at the front. Ten thousand may run elsewhere at once, so an event finds its instance by its id.</summary>
internal sealed class RunningSteps : IReadOnlyCollection<RunningStep>
{
    private readonly LinkedList<RunningStep> _inOrder = new();
    // Made with the first one: a null run does not pay for code over StepId.
    private Dictionary<StepId, LinkedListNode<RunningStep>>? _byId;

    /// <inheritdoc/>
    public int Count => _inOrder.Count;

    /// <summary>The instance of an id; null when it does not run.</summary>
    public RunningStep? Find(StepId step) => NodeOf(step)?.Value;

    /// <summary>Adds an instance that does not run yet.</summary>
    public void Add(RunningStep step) => (_byId ??= []).Add(step.Id, _inOrder.AddLast(step));

    /// <summary>Removes an instance.</summary>
    /// <returns>Whether it was there.</returns>
    public bool Remove(StepId step)
    {
        if (NodeOf(step) is not { } node)
        {
            return false;
        }

        _inOrder.Remove(node);
        return _byId!.Remove(step);
    }

    /// <summary>Notes how far an instance is, if it runs.</summary>
    public void Advance(StepId step, Progress progress)
    {
        if (NodeOf(step) is { } node)
        {
            node.Value = node.Value with { Progress = progress };
        }
    }

    /// <inheritdoc/>
    public IEnumerator<RunningStep> GetEnumerator() => _inOrder.GetEnumerator();

    /// <inheritdoc/>
    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    private LinkedListNode<RunningStep>? NodeOf(StepId step) => _byId?.GetValueOrDefault(step);
}
