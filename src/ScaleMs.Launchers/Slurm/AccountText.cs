using System.Globalization;

namespace ScaleMs.Launchers.Slurm;

/// <summary>Reads what <c>sacct</c> prints: a task, its state and its nodes in each line.</summary>
internal static class AccountText
{
    internal static IReadOnlyList<QueueEntry> Read(string text) =>
        [.. text.Split('\n').Select(line => Entry(line.Trim())).OfType<QueueEntry>()];

    private static QueueEntry? Entry(string line) =>
        line.Split('|') is [var job, var state, var node] && job.Split('_') is [var array, var index]
        && int.TryParse(index, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            ? new(job, array, number, state.Split(' ')[0], string.Empty, string.Empty, node) // 'CANCELLED by 1000'
            : null;
}
