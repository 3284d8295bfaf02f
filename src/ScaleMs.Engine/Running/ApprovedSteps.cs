using ScaleMs.Core.Graph;
using ScaleMs.Core.Model;
using ScaleMs.Core.Planning;
using ScaleMs.Core.Planning.Documents;
using ScaleMs.Core.Planning.Selection;
using ScaleMs.Core.Records;
using ScaleMs.Engine.Scanning;

namespace ScaleMs.Engine.Running;

/// <summary>What a reviewed plan lets a run execute, and what it has it execute.</summary>
internal sealed class ApprovedSteps
{
    private readonly Dictionary<string, PlanEntry> _running = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> _sources = new(StringComparer.Ordinal);

    private readonly HashSet<PlanOpening> _open;
    private readonly Expander _expander;

    public ApprovedSteps(PlanDocument plan, Expander expander)
    {
        (_open, _expander) = ([.. plan.Open.Select(opening => opening with { Parts = 1 })], expander);
        foreach (var entry in plan.Steps.Where(entry => entry.Runs))
        {
            _running.Add(entry.Id, entry);
        }

        // One that was not there yet is made by a plain task, and nothing could be said of it.
        foreach (var source in plan.Sources.Where(source => source.Digest != PlanDocuments.NoDigest))
        {
            _sources.Add($"{source.Rule} {source.Path}", source.Digest);
        }
    }

    /// <summary>Whether an instance may be executed.</summary>
    public bool MayExecute(GraphNode node) => _running.ContainsKey(node.Step!.Id.ToString()) || IsFromOpen(node);

    /// <summary>Whether the plan says of a continuation that it is unknown what follows.</summary>
    public bool IsOpen(GraphNode continuation) => _open.Contains(new OpenContinuation(continuation.Task, continuation.Continuation!).Entry);

    /// <summary>Whether a node follows where the plan says that this is unknown: nobody could name it then.</summary>
    public bool IsFromOpen(GraphNode node) => _open.Count > 0 && _expander.OriginsOf(node).Any(IsOpen);

    /// <summary>The first source of an instance that is not what the plan was decided on; null when all are.</summary>
    public string? Moved(StepInstance step, Scanner scanner) => PlanDocuments.SourcesOf(step, scanner)
        .FirstOrDefault(source => _sources.TryGetValue($"{source.Rule} {source.Path}", out var digest) && digest != source.Digest)?.Path;

    /// <summary>Why an instance is executed whatever its record says; null when it is not, or when it was since the plan was made.</summary>
    public Reason? Forced(StepId step, StoreState state) =>
        _running.TryGetValue(step.ToString(), out var entry) && MustRun(entry) && LastRun.Of(step, state) == entry.LastRun ? entry.Reason : null;

    private static bool MustRun(PlanEntry entry) => entry.Kind == PlanKind.Certain || entry.Reason.Code == SelectionReasons.Rerun.Code || entry.Reason.Code == SelectionReasons.Always.Code;
}
