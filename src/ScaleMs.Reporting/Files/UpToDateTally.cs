using ScaleMs.Core.Events;

namespace ScaleMs.Reporting.Files;

/// <summary>Counts up-to-date instances by task: a null run of ten thousand instances is a few lines in the log.</summary>
internal sealed class UpToDateTally
{
    private readonly Dictionary<string, Row> _rows = new(StringComparer.Ordinal);

    /// <summary>One row a task, in the order in which they first appeared.</summary>
    public IReadOnlyCollection<Row> Rows => _rows.Values;

    public void Add(RunEvent.StepFinished finished) => Add(finished.At, finished.Result.Id.Task, 1, finished.Result.RecordedSeconds);

    public void Add(RunEvent.UpToDate told) => Add(told.At, told.Task, told.Steps, told.SavedSeconds);

    public void Clear() => _rows.Clear();

    private void Add(DateTimeOffset at, string task, int steps, double savedSeconds)
    {
        if (!_rows.TryGetValue(task, out var row))
        {
            _rows[task] = row = new Row(task);
        }

        row.Add(at, steps, savedSeconds);
    }

    /// <summary>What is known of one task.</summary>
    internal sealed class Row(string task)
    {
        public string Task { get; } = task;

        /// <summary>When the last one was settled.</summary>
        public DateTimeOffset At { get; private set; }

        public int Steps { get; private set; }

        public double SavedSeconds { get; private set; }

        public void Add(DateTimeOffset at, int steps, double savedSeconds)
        {
            At = at;
            Steps += steps;
            SavedSeconds += savedSeconds;
        }
    }
}
