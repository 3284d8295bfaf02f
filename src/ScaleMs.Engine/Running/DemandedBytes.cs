using ScaleMs.Core.Graph;
using ScaleMs.Core.Model;
using ScaleMs.Core.Planning;
using ScaleMs.Core.Planning.Selection;
using ScaleMs.Core.Records;
using ScaleMs.Engine.Judging;

namespace ScaleMs.Engine.Running;

/// <summary>Foresees which up-to-date instances a run opens again, because what runs needs bytes that were dropped or collected.</summary>
/// <param name="inspector">Tells where bytes are.</param>
/// <param name="graph">The graph.</param>
/// <param name="settled">The results of instances that need not run, by the node's index.</param>
/// <param name="selected">Which instances may be executed.</param>
internal sealed class DemandedBytes(OutputInspector inspector, WorkflowGraph graph, IReadOnlyList<ActionResult?> settled, SelectedSteps selected)
{
    private readonly HashSet<StepId> _blocked = [];

    /// <summary>The plan with them.</summary>
    /// <param name="planned">The plan, producers before consumers.</param>
    public List<PlannedStep> In(List<PlannedStep> planned)
    {
        if (!planned.Exists(step => step.Kind is PlanKind.Certain or PlanKind.Possible))
        {
            return planned;
        }

        // Counted from 1 by the node's index: 0 stands for what is not in the plan.
        var places = new int[graph.Nodes.Count];
        for (var i = 0; i < planned.Count; i++)
        {
            places[graph.Find(planned[i].Step.Id)!.Index] = i + 1;
        }

        for (var i = planned.Count - 1; i >= 0; i--)
        {
            if (planned[i].Kind is PlanKind.Certain or PlanKind.Possible)
            {
                Demand(planned, places, planned[i]);
            }
        }

        Block(planned);
        return planned;
    }

    /// <summary>What cannot have its bytes blocks all below it.</summary>
    private void Block(List<PlannedStep> planned)
    {
        for (var i = 0; _blocked.Count > 0 && i < planned.Count; i++)
        {
            var first = planned[i].Runs ? graph.Find(planned[i].Step.Id)!.Producers.FirstOrDefault(producer => _blocked.Contains(producer.Step!.Id)) : null;
            if (first is not null && _blocked.Add(planned[i].Step.Id))
            {
                planned[i] = planned[i] with { Kind = PlanKind.Blocked, Reason = new Reason("blocked", $"{first} is blocked") };
            }
        }
    }

    private void Demand(List<PlannedStep> planned, int[] places, PlannedStep reader)
    {
        foreach (var source in reader.Step.Inputs.Select(input => input.Source).OfType<InputSource.StepOutput>())
        {
            var place = (graph.Find(source.Step) is { } node ? places[node.Index] : 0) - 1;
            if (place < 0 || planned[place] is not { Kind: PlanKind.UpToDate or PlanKind.Restore or PlanKind.Possible or PlanKind.LeftOut } producer ||
                producer.Kind == reader.Kind || settled[graph.Find(source.Step)!.Index] is not { } result || inspector.CanPlace(producer.Step, result, source.Output))
            {
                continue;
            }

            if (selected.MayExecute(graph.Find(source.Step)!))
            {
                planned[place] = producer with { Kind = reader.Kind, Reason = ReasonOf(reader, source) };
            }
            else
            {
                _blocked.Add(reader.Step.Id);
                planned[places[graph.Find(reader.Step.Id)!.Index] - 1] = reader with { Kind = PlanKind.Blocked, Reason = SelectionReasons.Behind($"{source.Step}", SelectionReasons.LeftOut(ReasonOf(reader, source))) };
            }
        }
    }

    private static Reason ReasonOf(PlannedStep reader, InputSource.StepOutput source) =>
        new("bytes-demanded", $"{reader.Step.Id} needs {source.Output} and its bytes are gone");
}
