using ScaleMs.Core.Model;
using ScaleMs.Core.Records;

namespace ScaleMs.Core.Graph;

/// <summary>The part of a workflow that a run need not judge: since a run found all of it up to date, nothing that it was decided on has changed.</summary>
/// <param name="Read">
/// Instances of it that others read: they stand among the definition's steps with their outputs alone, and have the results that are recorded. Each has the names of the tasks that it reads of itself: for the end of another one it waits.
/// </param>
/// <param name="Whole">What the whole workflow has: the instances of each task, and what their recorded executions took before anything changed.</param>
public sealed record SettledPart(IReadOnlyDictionary<StepId, IReadOnlyList<string>> Read, IReadOnlyList<TaskCount> Whole);
