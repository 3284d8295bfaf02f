using Cake.Core;
using ScaleMs.Core.Faults;

namespace ScaleMs;

/// <summary>Which plain tasks may run beside each other.</summary>
/// <param name="OfAll">Whether all of them may, not only those that say so themselves.</param>
/// <param name="Most">How many at once.</param>
internal sealed record PlainOverlap(bool OfAll, int Most)
{
    /// <summary>What the command line and the tasks ask for; null when the tasks run one after the other. What is wrong with it is added to the faults.</summary>
    public static PlainOverlap? Of(ICakeArguments arguments, IEnumerable<CakeTask> tasks, List<Fault> faults)
    {
        var ofAll = RunOptions.IsParallel(arguments);
        return ofAll || tasks.Any(ParallelTasks.IsMarked) ? new PlainOverlap(ofAll, RunOptions.ReadJobs(arguments, faults)) : null;
    }

    /// <summary>Whether a task may run beside others; one that only gathers others is never in their way.</summary>
    public bool Holds(CakeTask task) => OfAll || ParallelTasks.IsMarked(task) || !PlainTasks.HasWork(task);
}
