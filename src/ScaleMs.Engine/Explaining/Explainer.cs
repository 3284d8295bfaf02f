using System.Globalization;
using ScaleMs.Core.Explaining;
using ScaleMs.Core.Graph;
using ScaleMs.Core.Keys;
using ScaleMs.Core.Model;
using ScaleMs.Core.Planning;
using ScaleMs.Core.Planning.Selection;
using ScaleMs.Core.Records;
using ScaleMs.Engine.Judging;
using ScaleMs.Engine.Running;

namespace ScaleMs.Engine.Explaining;

/// <summary>Says of planned instances why they stand where they stand: by value, against the nearest earlier record, and back to where it began.</summary>
/// <param name="state">The store's records.</param>
/// <param name="graph">The graph.</param>
/// <param name="plan">The plan.</param>
/// <param name="assessments">What the plan found, by the node's index.</param>
internal sealed class Explainer(StoreState state, WorkflowGraph graph, IReadOnlyList<PlannedStep> plan, IReadOnlyList<Assessment?> assessments)
{
    private const int MostProducers = 3;
    private readonly ResultsByStep _results = new(state);
    private readonly Dictionary<StepId, PlannedStep> _plan = plan.ToDictionary(step => step.Step.Id);
    private readonly HashSet<StepId> _told = [];

    /// <summary>Explains the instances that patterns name.</summary>
    /// <param name="patterns">Each matches one at least.</param>
    public List<Explanation> Explain(IReadOnlyList<string> patterns)
    {
        var wanted = patterns.Select(pattern => StepPattern.Parse(pattern)).ToList();
        return [.. graph.Steps.Where(step => wanted.Exists(pattern => pattern.Matches(step.Id))).Select(Explain)];
    }

    private Explanation Explain(StepInstance step)
    {
        _told.Clear();
        _told.Add(step.Id);
        return _plan.TryGetValue(step.Id, out var planned)
            ? new Explanation(step.Id, VerdictOf(planned), [.. Because(planned), .. Passed(step), .. Retried(step)])
            : new Explanation(step.Id, "will be skipped", [new Cause("its task's criteria, or those of a task that it reads from, said no")]);
    }

    private string VerdictOf(PlannedStep planned) => planned.Kind switch
    {
        PlanKind.UpToDate => state.Steps.TryGetValue(planned.Step.Id, out var stands) ? $"up to date since run {stands.RunId}, {Time(stands.At)}" : "up to date",
        PlanKind.Restore => "will be restored from a record; nothing is executed",
        PlanKind.Certain => "will run",
        PlanKind.LeftOut => "is left out by the selection of steps",
        PlanKind.Blocked => "cannot run",
        _ => "may run; it is spared if what runs before it makes the same as before",
    };

    private IReadOnlyList<Cause> Because(PlannedStep planned)
    {
        var found = assessments[graph.Find(planned.Step.Id)!.Index];
        return (planned.Kind, planned.Reason.Code) switch
        {
            (PlanKind.UpToDate, _) => [new Cause(Unchanged(planned.Step, found!.Key!)), .. MadeBecause(found.Recorded!), .. ComparedText.Of(found.Recorded!)],
            (PlanKind.Restore, _) => [new Cause(planned.Reason.Text), Recorded(found!.Recorded!)],
            (PlanKind.Possible, "upstream") => Upstream(planned),
            (_, "bytes-demanded") => [new Cause(planned.Reason.Text, Demand(planned))],
            (_, "always") => [new Cause(planned.Reason.Text), .. LastTime(planned.Step.Id)],
            (_, "key-changed" or "record-lost" or "never-ran") when found?.Closed is { } closed => Changed(planned, closed),
            _ => [new Cause(planned.Reason.Text)],
        };
    }

    /// <summary>When a step that runs always did so, and what it goes on from.</summary>
    private IEnumerable<Cause> LastTime(StepId step)
    {
        if (LastRun.ResultOf(step, state) is { } last)
        {
            yield return new Cause($"it last ran in run {last.RunId}, {Time(last.FinishedAt)}{(last.KeptState is null ? string.Empty : ", and goes on from the state that it kept then")}");
        }
    }

    private static string Unchanged(StepInstance step, ActionKey key)
    {
        var published = step.Outputs.Select(output => output.PublishTo).OfType<ArtifactPath>().Select(path => path.Value).ToList();
        var outputs = published.Count == 0 ? "none of its outputs is published" : $"{string.Join(", ", published)} {(published.Count == 1 ? "holds" : "hold")} the recorded bytes";
        return $"its key {key.Brief} is the recorded one, and {outputs}";
    }

    /// <summary>Why an up-to-date instance ran when it last did: against the record before.</summary>
    private List<Cause> MadeBecause(ActionResult result)
    {
        var chain = Chain();
        var made = new Cause(result.ImportedFrom is null ? $"made in run {result.RunId}, {Time(result.FinishedAt)}" : Imported(result));
        return chain.Before(result) is { } before
            ? [new Cause($"{made.Text}, after run {before.RunId}", chain.Between(before, result.Step, result.Components))]
            : [made];
    }

    /// <summary>Variables that may change a result without anything becoming stale.</summary>
    private static IEnumerable<Cause> Passed(StepInstance step) =>
        step.PassedEnvironment.Count == 0 ? [] : [new Cause($"passed through from the caller and not in the key: {string.Join(", ", step.PassedEnvironment)}")];

    /// <summary>How it may be tried again, and how often it had to be.</summary>
    private IEnumerable<Cause> Retried(StepInstance step) =>
        new[] { RetryText.Of(step.Retries), RetryText.Of(LastRun.ResultOf(step.Id, state)?.Attempts ?? []) }.OfType<string>().Select(text => new Cause(text));

    private static string Imported(ActionResult result) => $"{ImportReasons.Text(result)}, {Time(result.FinishedAt)}";

    private static Cause Recorded(ActionResult result) => new(result.ImportedFrom is not null ? $"its record was {Imported(result)}" : $"its record was made by {result.Step} in run {result.RunId}, {Time(result.FinishedAt)}");

    private IReadOnlyList<Cause> Changed(PlannedStep planned, Closed closed)
    {
        var chain = Chain();
        var last = state.Steps.TryGetValue(planned.Step.Id, out var stands) ? state.Results.GetValueOrDefault(stands.Key) : null;
        if ((last ?? chain.Nearest(planned.Step.Id, closed.GetComponents())) is not { } before)
        {
            return [new Cause(planned.Reason.Text)];
        }

        IReadOnlyList<Cause> lost = last is null ? [new Cause(planned.Reason.Text)] : [];
        var causes = chain.Between(before, planned.Step.Id, closed.GetComponents(), Made);
        return [.. lost, .. causes, new Cause($"against its record of run {before.RunId}, {Time(before.FinishedAt)}")];
    }

    /// <summary>The producers that run first, each with its own causes.</summary>
    private List<Cause> Upstream(PlannedStep planned)
    {
        var runs = graph.Find(planned.Step.Id)!.Producers.Select(node => node.Step!.Id).Where(IsToRun).ToList();
        List<Cause> causes = [.. runs.Take(MostProducers).Select(producer => Before(_plan[producer], "runs first"))];
        return runs.Count > MostProducers ? [.. causes, new Cause(string.Create(CultureInfo.InvariantCulture, $"and {runs.Count - MostProducers} more run first"))] : causes;
    }

    private List<Cause> Demand(PlannedStep producer) =>
        [.. graph.Find(producer.Step.Id)!.Dependents.Where(node => node.Step is not null && _plan.ContainsKey(node.Step.Id) && IsToRun(node.Step.Id))
            .Take(1).Select(node => Before(_plan[node.Step!.Id], "runs"))];

    /// <summary>Each instance is told once, also where two ways lead to it.</summary>
    private Cause Before(PlannedStep planned, string verb)
    {
        var text = $"{planned.Step.Id} {(planned.Kind == PlanKind.Possible ? "may run" : verb)}";
        return new Cause(text, _told.Add(planned.Step.Id) ? Because(planned) : []);
    }

    private bool IsToRun(StepId step) => _plan.TryGetValue(step, out var planned) && planned.Kind is PlanKind.Certain or PlanKind.Possible;

    private ActionResult? Made(StepId step) => graph.Find(step) is { } node ? assessments[node.Index]?.Recorded : null;

    private RecordChain Chain() => new(_results.Of);

    private static string Time(DateTimeOffset at) => at.UtcDateTime.ToString("yyyy-MM-dd HH:mm 'UTC'", CultureInfo.InvariantCulture);
}
