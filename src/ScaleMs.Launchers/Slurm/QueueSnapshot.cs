using System.Globalization;

namespace ScaleMs.Launchers.Slurm;

/// <summary>One answer of <c>squeue</c> about all jobs of a workspace.</summary>
internal sealed class QueueSnapshot
{
    /// <summary>The fields of <see cref="QueueEntry"/>; the comment, which is ours, stands before what may hold any character.</summary>
    internal const string Format = "%i|%F|%K|%T|%k|%N|%r";

    private const int Fields = 7;

    private readonly Dictionary<string, QueueEntry> _byBatch = new(StringComparer.Ordinal);
    private readonly Dictionary<string, QueueEntry> _byJob = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> _arrays = new(StringComparer.Ordinal);

    private QueueSnapshot(bool isOfAll) => IsOfAll = isOfAll;

    /// <summary>Whether jobs that are over were asked for too, as far as Slurm remembers them.</summary>
    internal bool IsOfAll { get; }

    internal int Count => _byJob.Count;

    internal static QueueSnapshot Read(string text, bool isOfAll)
    {
        var snapshot = new QueueSnapshot(isOfAll);
        foreach (var line in text.Split('\n'))
        {
            if (Entry(line.Trim()) is { } entry)
            {
                snapshot.Add(entry);
            }
        }

        return snapshot;
    }

    /// <summary>What is said of an attempt's task; null when nothing is.</summary>
    internal QueueEntry? Find(SlurmAttempt attempt) =>
        _byBatch.TryGetValue(Key(attempt.Batch, attempt.Index), out var entry) || _byJob.TryGetValue(Key(attempt.Array, attempt.Index), out entry) ? entry : null;

    /// <summary>The array's job id of a batch; null when none is known.</summary>
    internal string? ArrayOf(string batch) => _arrays.GetValueOrDefault(batch);

    /// <summary>Adds what another one remembers.</summary>
    internal void Add(IEnumerable<QueueEntry> remembered)
    {
        foreach (var entry in remembered)
        {
            Add(entry);
        }
    }

    private void Add(QueueEntry entry)
    {
        _byJob[Key(entry.Array, entry.Index)] = entry;
        if (entry.Batch.Length > 0)
        {
            _byBatch[Key(entry.Batch, entry.Index)] = entry;
            _arrays[entry.Batch] = entry.Array;
        }
    }

    private static QueueEntry? Entry(string line) =>
        line.Split('|', Fields) is [var job, var array, var index, var state, var comment, var node, var reason]
            ? new(job, array, Number(index), state, reason, Batch.IdIn(comment), node)
            : null;

    private static int Number(string text) => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : 0;

    private static string Key(string owner, int index) => string.Create(CultureInfo.InvariantCulture, $"{owner}_{index}");
}
