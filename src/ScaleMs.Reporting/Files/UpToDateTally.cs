using ScaleMs.Core.Events;

namespace ScaleMs.Reporting.Files;

/// <summary>Counts up-to-date instances by task: a null run of ten thousand instances is a few lines in the log.</summary>
internal sealed class UpToDateTally
{
    private readonly Dictionary<string, Row> _rows = new(StringComparer.Ordinal);

    /// <summary>One row a task, in the order in which they first appeared.</summary>
    public IReadOnlyCollection<Row> Rows => _rows.Values;

    public void Add(RunEvent.StepFinished finished)
    {
        var task = finished.Result.Id.Task;
        var row = _rows.GetValueOrDefault(task) ?? new Row(task, finished.At, 0, 0);
        _rows[task] = row with { At = finished.At, Steps = row.Steps + 1, SavedSeconds = row.SavedSeconds + finished.Result.RecordedSeconds };
    }

    public void Clear() => _rows.Clear();

    /// <summary>What is known of one task.</summary>
    internal sealed record Row(string Task, DateTimeOffset At, int Steps, double SavedSeconds);
}
