using ScaleMs.Core.Graph;
using ScaleMs.Core.Model;
using ScaleMs.Core.Planning;
using ScaleMs.Core.Records;
using ScaleMs.Engine.Judging;

namespace ScaleMs.Engine.Running;

/// <summary>Judges the whole graph as it stands, without executing anything.</summary>
/// <remarks>
/// An instance below one that runs is only <em>possible</em>: early cut-off may spare it. It is certain when it never ran,
/// because then nothing can spare it.
/// </remarks>
internal sealed partial class Planner(RunServices services, WorkflowGraph graph, Expander expander, IReadOnlySet<string> skipped)
{
    private ActionResult?[] _settled = new ActionResult?[graph.Nodes.Count];
    private Assessment?[] _assessments = new Assessment?[graph.Nodes.Count];
    private bool[] _runs = new bool[graph.Nodes.Count];
    private bool[] _isSkipped = new bool[graph.Nodes.Count];

    /// <summary>What was found of instances whose producers stay as they are, by the node's index: the run need not look again.</summary>
    public IReadOnlyList<Assessment?> Assessments => _assessments;

    /// <summary>Plans the graph.</summary>
    public List<PlannedStep> Plan()
    {
        var planned = new List<PlannedStep>(graph.Nodes.Count);
        Func<InputSource.StepOutput, OutputRecord> outputOf = source => _settled[graph.Find(source.Step)!.Index]!.OutputAt(source.Output);
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
                planned.Add(Plan(node, First(node, _runs), outputOf));
                _runs[i] = planned[^1].Kind is PlanKind.Certain or PlanKind.Possible;
            }
        }

        return new DemandedBytes(services.Inspector, graph, _settled).In(planned);
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

    private PlannedStep Plan(GraphNode node, GraphNode? waitsFor, Func<InputSource.StepOutput, OutputRecord> outputOf)
    {
        var step = node.Step!;
        if (waitsFor is not null || HasOpenProducer(node))
        {
            var neverRan = !services.Store.State.Steps.ContainsKey(step.Id);
            return new PlannedStep(step, neverRan ? PlanKind.Certain : PlanKind.Possible, neverRan
                ? new Reason("never-ran", "never ran")
                : new Reason("upstream", $"{waitsFor} runs first"));
        }

        var assessment = services.Assessor.Assess(step, outputOf, null);
        _assessments[node.Index] = assessment;
        if (assessment.Verdict is null or Verdict.Execute)
        {
            return new PlannedStep(step, PlanKind.Certain, assessment.Verdict?.Reason ?? new Reason("unknown", assessment.Failure!.Message));
        }

        _settled[node.Index] = assessment.Recorded;
        return new PlannedStep(step, assessment.Verdict is Verdict.Restore ? PlanKind.Restore : PlanKind.UpToDate, assessment.Verdict.Reason);
    }
}

/// <summary>What a plan says of an instance.</summary>
public enum PlanKind
{
    /// <summary>Nothing to do.</summary>
    UpToDate,

    /// <summary>A recorded result will be taken.</summary>
    Restore,

    /// <summary>It will run.</summary>
    Certain,

    /// <summary>It may run: early cut-off may spare it.</summary>
    Possible,
}

/// <summary>A line of a plan.</summary>
/// <param name="Step">The instance.</param>
/// <param name="Kind">What is to be done.</param>
/// <param name="Reason">Why.</param>
public sealed record PlannedStep(StepInstance Step, PlanKind Kind, Reason Reason);
