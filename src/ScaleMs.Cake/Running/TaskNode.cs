using Cake.Core;

namespace ScaleMs;

/// <summary>A Cake task among those that it comes after.</summary>
internal sealed class TaskNode(CakeTask task)
{
    private readonly List<TaskNode> _before = [];
    private readonly HashSet<TaskNode> _known = [];

    public CakeTask Task { get; } = task;

    /// <summary>The tasks that it depends on, in the order in which Cake visits them.</summary>
    public IReadOnlyList<TaskNode> Before => _before;

    public bool ComesAfter(TaskNode other) => _known.Contains(other);

    /// <summary>Puts it after another task; told twice it counts once.</summary>
    public void PutAfter(TaskNode other)
    {
        if (_known.Add(other))
        {
            _before.Add(other);
        }
    }
}
