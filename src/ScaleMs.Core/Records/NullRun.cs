using ScaleMs.Core.Digests;

namespace ScaleMs.Core.Records;

/// <summary>
/// A run that found nothing to do, and everything it looked at to find that: while all of it looks the same, the next run under the same
/// circumstances finds the same, and need neither define nor judge anything.
/// </summary>
public sealed record NullRun
{
    /// <summary>The digest of what the definition may depend on besides files: command line, environment, runtime, machine.</summary>
    public required Digest Circumstances { get; init; }

    /// <summary>The digest of the code that was found pure and of the files that hold it: what has the same need not be proven pure again.</summary>
    public required Digest PureCode { get; init; }

    /// <summary>The target.</summary>
    public required string Target { get; init; }

    /// <summary>How many instances were up to date.</summary>
    public required int Steps { get; init; }

    /// <summary>How many those are in each task, in the order in which a plan tells them; empty when a plan was not asked of them.</summary>
    public IReadOnlyList<TaskCount> Tasks { get; init; } = [];

    /// <summary>What the recorded executions of those instances took, in seconds.</summary>
    public required double SavedSeconds { get; init; }

    /// <summary>The workflow, so that a run with a few edits need not define it again; null when it is not to be kept.</summary>
    public Graph.WorkflowDefinition? Definition { get; init; }

    /// <summary>Every look at a file, which may be told when it is asked for; none when it was kept that way.</summary>
    public required IEnumerable<Look> Looks { get; init; }
}

/// <summary>A number of instances of a task.</summary>
/// <param name="Task">The task's name.</param>
/// <param name="Steps">How many.</param>
public sealed record TaskCount(string Task, int Steps)
{
    /// <summary>What their recorded executions took, in seconds; 0 where nobody asked.</summary>
    public double SavedSeconds { get; init; }
}

/// <summary>One look at a path.</summary>
/// <param name="Path">The path: relative to the workspace with <c>/</c>, or absolute outside it.</param>
/// <param name="FollowsLinks">Whether a symbolic link stood for its target.</param>
/// <param name="Found">What was found; null when nothing was there.</param>
/// <param name="Bytes">The byte digest, where the run knew it; else none.</param>
public sealed record Look(string Path, bool FollowsLinks, FileStat? Found, Digest Bytes)
{
    /// <summary>Whether more was decided on it than the steps that name the path: the definition, or what a tool is.</summary>
    public bool IsOfAll { get; init; }
}
