namespace ScaleMs.Reporting.Graphs;

/// <summary>What a node of a picture stands for.</summary>
internal enum DrawnKind
{
    /// <summary>A step instance, or all members of a step.</summary>
    Step,

    /// <summary>A plain Cake task, or the end of a task that others wait for.</summary>
    Task,

    /// <summary>Steps that nobody can name yet.</summary>
    Unknown,
}

/// <summary>A node of a picture.</summary>
/// <param name="Id">A short name: a letter and a number.</param>
/// <param name="Task">The task whose frame it stands in.</param>
/// <param name="Label">Its text.</param>
/// <param name="Kind">What it stands for.</param>
internal sealed record DrawnNode(string Id, string Task, string Label, DrawnKind Kind);
