using Cake.Core;

namespace ScaleMs;

/// <summary>The rows of Cake's report, told by each task for itself and put together in the order of the tasks, however they ended.</summary>
internal sealed class TaskReports
{
    private readonly Dictionary<string, CakeReport> _reports = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>A report for one task.</summary>
    public CakeReport Of(CakeTask task)
    {
        lock (_reports)
        {
            return _reports[task.Name] = new CakeReport();
        }
    }

    public void AppendTo(CakeReport report, IEnumerable<CakeTask> order)
    {
        lock (_reports)
        {
            foreach (var entry in order.SelectMany(task => _reports.GetValueOrDefault(task.Name) ?? []))
            {
                report.Add(entry.TaskName, entry.SkippedMessage, entry.Category, entry.Duration, entry.ExecutionStatus);
            }
        }
    }
}
