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
internal sealed class Planner(RunServices services, IReadOnlySet<string> skipped)
{
    private readonly Dictionary<StepId, ActionResult> _settled = [];
    private readonly Dictionary<StepId, Assessment> _assessments = [];

    /// <summary>What was found of instances whose producers stay as they are: the run need not look again.</summary>
    public IReadOnlyDictionary<StepId, Assessment> Assessments => _assessments;

    /// <summary>Plans a graph.</summary>
    public List<PlannedStep> Plan(WorkflowGraph graph)
    {
        var planned = new List<PlannedStep>();
        var runs = new bool[graph.Nodes.Count];
        var isSkipped = new bool[graph.Nodes.Count];
        foreach (var node in graph.Nodes.Where(node => node.Step is not null))
        {
            isSkipped[node.Index] = skipped.Contains(node.Task) || node.Producers.Any(producer => isSkipped[producer.Index]);
            if (isSkipped[node.Index])
            {
                continue;
            }

            var step = Plan(node, node.Producers.FirstOrDefault(producer => runs[producer.Index]));
            runs[node.Index] = step.Kind is PlanKind.Certain or PlanKind.Possible;
            planned.Add(step);
        }

        return planned;
    }

    private PlannedStep Plan(GraphNode node, GraphNode? waitsFor)
    {
        var step = node.Step!;
        if (waitsFor is not null || node.Producers.Any(producer => !_settled.ContainsKey(producer.Step!.Id)))
        {
            var neverRan = !services.Store.State.Steps.ContainsKey(step.Id);
            return new PlannedStep(step, neverRan ? PlanKind.Certain : PlanKind.Possible, neverRan
                ? new Reason("never-ran", "never ran")
                : new Reason("upstream", $"{waitsFor} runs first"));
        }

        var assessment = services.Assessor.Assess(step, source => OutputInspector.RecordOf(_settled[source.Step], source.Output), null);
        _assessments[step.Id] = assessment;
        if (assessment.Verdict is null or Verdict.Execute)
        {
            return new PlannedStep(step, PlanKind.Certain, assessment.Verdict?.Reason ?? new Reason("unknown", assessment.Failure!.Message));
        }

        _settled[step.Id] = assessment.Recorded!;
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
