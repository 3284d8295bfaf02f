using System.Diagnostics;
using ScaleMs.Launchers.Sites;

namespace ScaleMs.Launchers.Slurm;

/// <summary>Attempts that wait for others like them, so that they are submitted together.</summary>
/// <remarks>They wait until nothing came for a while, but not while more keeps coming, and not when an array is full.</remarks>
internal sealed class Gathering(string workspace, SlurmProfile slurm)
{
    private const int LongestWaitFactor = 10;

    private readonly Dictionary<JobShape, List<SlurmAttempt>> _byShape = [];
    private long _firstAt;
    private long _lastAt;

    internal int Count { get; private set; }

    internal void Add(SlurmAttempt attempt)
    {
        _lastAt = Stopwatch.GetTimestamp();
        _firstAt = Count++ == 0 ? _lastAt : _firstAt;
        if (!_byShape.TryGetValue(attempt.Shape, out var like))
        {
            _byShape.Add(attempt.Shape, like = []);
        }

        like.Add(attempt);
    }

    /// <summary>How long it is until they are submitted; zero or less when it is time.</summary>
    internal TimeSpan Left()
    {
        var quiet = slurm.Gather - Stopwatch.GetElapsedTime(_lastAt);
        var longest = (slurm.Gather * LongestWaitFactor) - Stopwatch.GetElapsedTime(_firstAt);
        return _byShape.Any(IsFull) ? TimeSpan.Zero : quiet < longest ? quiet : longest;
    }

    /// <summary>Takes all that are there.</summary>
    /// <param name="mostTasks">The most tasks of one array.</param>
    internal IReadOnlyList<Batch> Take(int mostTasks)
    {
        List<Batch> batches = [];
        foreach (var (shape, attempts) in _byShape)
        {
            var running = attempts.Where(attempt => !attempt.HasEnded);
            batches.AddRange(Slurm.Batch.Of(workspace, shape, running, shape.TaskOf(slurm).Attempts, mostTasks));
        }

        _byShape.Clear();
        Count = 0;
        return batches;
    }

    private bool IsFull(KeyValuePair<JobShape, List<SlurmAttempt>> like) => like.Value.Count >= slurm.MostArray * like.Key.TaskOf(slurm).Attempts;
}
