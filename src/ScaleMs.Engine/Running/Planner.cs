using ScaleMs.Core.Graph;
using ScaleMs.Core.Model;
using ScaleMs.Core.Planning;
using ScaleMs.Core.Planning.Selection;
using ScaleMs.Core.Records;
using ScaleMs.Engine.Judging;

namespace ScaleMs.Engine.Running;

/// <summary>Judges the whole graph as it stands, without executing anything.</summary>
/// <remarks>
/// An instance below one that runs is only <em>possible</em>: early cut-off may spare it. It is certain when it never ran,
/// because then nothing can spare it.
/// </remarks>
/// <param name="services">The parts of the run.</param>
/// <param name="graph">The graph; it grows where a continuation goes on.</param>
/// <param name="expander">Lets it grow.</param>
/// <param name="skipped">Tasks whose criteria said no.</param>
/// <param name="selected">Which instances may be executed.</param>
internal sealed partial class Planner(RunServices services, WorkflowGraph graph, Expander expander, IReadOnlySet<string> skipped, SelectedSteps selected)
{
    private static readonly Reason NeverRan = new("never-ran", "never ran");
    private readonly LeftOutSteps _leftOut = new(services, selected);
    private ActionResult?[] _settled = new ActionResult?[graph.Nodes.Count];
    private Assessment?[] _assessments = new Assessment?[graph.Nodes.Count];
    private bool[] _runs = new bool[graph.Nodes.Count];
    private bool[] _isSkipped = new bool[graph.Nodes.Count];

    /// <summary>What was found of instances whose producers stay as they are, by the node's index: the run need not look again, and lets go of what it used.</summary>
    public Assessment?[] Assessments => _assessments;

    /// <summary>Plans the graph.</summary>
    public List<PlannedStep> Plan()
    {
        var planned = new List<PlannedStep>(graph.Nodes.Count);
        Func<InputSource.StepOutput, OutputRecord?> outputOf = source => _settled[graph.Find(source.Step)!.Index]!.Find(source.Output);
        // The graph may grow on the way.
        for (var i = 0; i < graph.Nodes.Count; i++)
        {
            var node = graph.Nodes[i];
            _isSkipped[i] = node.TaskEnd is null && (skipped.Contains(node.Task) || First(node, _isSkipped) is not null);
            if (_isSkipped[i])
            {
                continue;
            }

            if (node.Continuation is not null)
            {
                GoOn(node, planned);
            }
            else if (node.Step is not null)
            {
                planned.Add(graph.IsSettled(node.Step.Id) ? PlanSettled(node) : PlanSelected(node, outputOf));
                services.Heap.Trim();
            }
        }

        var demanded = new DemandedBytes(services.Inspector, graph, _settled, selected).In(planned);
        _settled = [];
        return demanded.Find(step => step.Runs && graph.IsSettled(step.Step.Id)) is { } lost ? throw new WholeRunNeededException($"{lost.Step.Id} is to be made again") : demanded;
    }

    private PlannedStep PlanSelected(GraphNode node, Func<InputSource.StepOutput, OutputRecord?> outputOf)
    {
        var step = _leftOut.Blocked(node) ?? _leftOut.OrLeftOut(node, Plan(node, First(node, _runs), outputOf));
        _runs[node.Index] = step.Runs || _leftOut.MayStillSettle(node);
        _settled[node.Index] ??= _leftOut.FormerResultOf(node);
        return step;
    }

    private PlannedStep PlanSettled(GraphNode node)
    {
        var assessment = services.Assessor.AsSettled(node.Step!);
        (_assessments[node.Index], _settled[node.Index]) = (assessment, assessment.Recorded);
        return new PlannedStep(node.Step!, PlanKind.UpToDate, assessment.Verdict!.Reason) { Key = assessment.Key };
    }

    /// <summary>The first producer that is marked.</summary>
    private static GraphNode? First(GraphNode node, bool[] isMarked)
    {
        for (var i = 0; i < node.Producers.Count; i++)
        {
            if (isMarked[node.Producers[i].Index])
            {
                return node.Producers[i];
            }
        }

        return null;
    }

    private bool HasOpenProducer(GraphNode node)
    {
        for (var i = 0; i < node.Producers.Count; i++)
        {
            if (_settled[node.Producers[i].Index] is null)
            {
                return true;
            }
        }

        return false;
    }

    private PlannedStep Plan(GraphNode node, GraphNode? waitsFor, Func<InputSource.StepOutput, OutputRecord?> outputOf)
    {
        var step = node.Step!;
        if (waitsFor is not null || HasOpenProducer(node))
        {
            return Behind(node, waitsFor);
        }

        var assessment = services.Assessor.Assess(step, outputOf, selected.WhyForced(node));
        _assessments[node.Index] = assessment;
        if (assessment.Verdict is not Verdict.UpToDate)
        {
            // A run with work to do is not told from its looks next time.
            services.Witness.GiveUp();
        }

        if (assessment.Verdict is null or Verdict.Execute)
        {
            return new PlannedStep(step, PlanKind.Certain, assessment.Verdict?.Reason ?? new Reason("unknown", assessment.Failure!.Message)) { Key = assessment.Key };
        }

        _settled[node.Index] = assessment.Recorded;
        return new PlannedStep(step, assessment.Verdict is Verdict.Restore ? PlanKind.Restore : PlanKind.UpToDate, assessment.Verdict.Reason) { Key = assessment.Key };
    }

    private PlannedStep Behind(GraphNode node, GraphNode? waitsFor)
    {
        var step = node.Step!;
        if (selected.WhyForced(node) is { } forced)
        {
            return new PlannedStep(step, _leftOut.IsInDoubt(node) ? PlanKind.Possible : PlanKind.Certain, forced);
        }

        return services.Store.State.Steps.ContainsKey(step.Id)
            ? new PlannedStep(step, PlanKind.Possible, new Reason("upstream", $"{waitsFor} runs first"))
            : new PlannedStep(step, _leftOut.IsInDoubt(node) ? PlanKind.Possible : PlanKind.Certain, NeverRan);
    }
}
