namespace ScaleMs.Launchers.Slurm;

/// <summary>Attempts that are submitted together: one array, whose tasks run one attempt each, or several where they are packed.</summary>
/// <param name="Workspace">Names the workspace, in a few characters that are safe everywhere.</param>
/// <param name="Shape">What the tasks have in common.</param>
/// <param name="Tasks">The attempts of each task; the array's index is that of the list.</param>
internal sealed record Batch(string Workspace, JobShape Shape, IReadOnlyList<IReadOnlyList<SlurmAttempt>> Tasks)
{
    /// <summary>Known before the job is: a job that was submitted and not recorded is found again by it.</summary>
    internal string Id { get; } = Guid.NewGuid().ToString("N");

    internal string JobName => NameOf(Workspace);

    internal string Comment => $"scalems:{Workspace}:{Id}";

    internal static bool IsId(string text) => Guid.TryParseExact(text, "N", out _);

    internal IEnumerable<SlurmAttempt> Attempts => Tasks.SelectMany(task => task);

    internal static string NameOf(string workspace) => "scalems-" + workspace;

    /// <summary>The batch's id in a job's comment; empty where it is no comment of ours.</summary>
    internal static string IdIn(string comment) =>
        comment.Split(':') is ["scalems", _, var id] ? id : string.Empty;

    /// <summary>Cuts attempts of one shape into as many batches as the arrays' size asks for.</summary>
    internal static IEnumerable<Batch> Of(string workspace, JobShape shape, IEnumerable<SlurmAttempt> attempts, int perTask, int mostTasks) =>
        attempts.Chunk(perTask).Chunk(mostTasks).Select(tasks => new Batch(workspace, shape, tasks));

    /// <summary>Two batches of half the size, for a site that takes no array as large as this one.</summary>
    internal IReadOnlyList<Batch> Halves()
    {
        var half = Tasks.Count / 2;
        return [new(Workspace, Shape, [.. Tasks.Take(half)]), new(Workspace, Shape, [.. Tasks.Skip(half)])];
    }
}
