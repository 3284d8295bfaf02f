using Cake.Core;

namespace ScaleMs;

/// <summary>A plain task that waits for others, and others for it.</summary>
internal sealed class TaskTurn(CakeTask task, bool mayOverlap)
{
    public CakeTask Task => task;

    public bool MayOverlap => mayOverlap;

    /// <summary>The tasks that wait for it.</summary>
    public List<TaskTurn> Dependents { get; } = [];

    /// <summary>How many tasks it waits for.</summary>
    public int Waiting { get; set; }

    public bool IsDone { get; set; }

    public bool Succeeded { get; set; }

    /// <summary>The tasks of a closure.</summary>
    public static List<TaskTurn> Of(TaskClosure closure, PlainOverlap overlap)
    {
        var turns = closure.Order.Select(task => new TaskTurn(task, overlap.Holds(task))).ToList();
        var known = turns.ToDictionary(turn => turn.Task.Name, StringComparer.OrdinalIgnoreCase);
        foreach (var turn in turns)
        {
            foreach (var before in closure.DependenciesOf(turn.Task))
            {
                known[before].Dependents.Add(turn);
                turn.Waiting++;
            }
        }

        return turns;
    }
}
