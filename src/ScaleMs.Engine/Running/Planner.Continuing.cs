using ScaleMs.Core.Faults;
using ScaleMs.Core.Graph;
using ScaleMs.Core.Planning;

namespace ScaleMs.Engine.Running;

/// <content>Parts of the definition that are written when something is known: where it is known already, the plan goes on.</content>
internal sealed partial class Planner
{
    private readonly List<OpenContinuation> _open = [];
    private readonly List<Fault> _faults = [];
    private readonly ContentReader _reader = new(services.Disk, services.Store);
    private Predicate<GraphNode>? _isBeforePlainTasks;

    /// <summary>What stays unknown until something ran.</summary>
    public IReadOnlyList<OpenContinuation> Open => _open;

    /// <summary>What is wrong with parts that could be written.</summary>
    public IReadOnlyList<Fault> Faults => _faults;

    private void GoOn(GraphNode node, List<PlannedStep> planned)
    {
        if (node.Continuation!.After is { } before)
        {
            GoOn(node, expander.IsExpanded(graph.Find(before)!), string.Empty, null);
        }
        else if (IsToStay(node.Producers[0]))
        {
            Read(node, node.Producers[0], planned);
        }
        else
        {
            GoOn(node, false, string.Empty, null);
        }
    }

    /// <summary>A plain task may change what a later step reads, so only the run can tell what that makes.</summary>
    private bool IsToStay(GraphNode producer)
    {
        _isBeforePlainTasks ??= graph.HasPlainTasks ? Preflight.StepsBeforeAnyPlainTask(graph) : _ => true;
        return _settled[producer.Index] is not null && !_runs[producer.Index] && _isBeforePlainTasks(producer);
    }

    private void Read(GraphNode node, GraphNode producer, List<PlannedStep> planned)
    {
        var record = _settled[producer.Index]!.OutputAt(node.Continuation!.Source!.Output);
        var text = services.Inspector.PlaceOf(producer.Step!, record) is { } place ? _reader.Read(place, record) : null;
        GoOn(node, text is not null, text ?? string.Empty, record);
        if (text is null && selected.MayExecute(producer))
        {
            // Its bytes are gone, so it runs again.
            var i = planned.FindLastIndex(step => step.Step.Id == producer.Step!.Id);
            planned[i] = planned[i] with { Kind = PlanKind.Certain, Reason = new Reason("bytes-demanded", $"{node} is unknown and its bytes are gone") };
            _runs[producer.Index] = true;
        }
    }

    private void GoOn(GraphNode node, bool isKnown, string text, Core.Records.OutputRecord? content)
    {
        if (!isKnown)
        {
            _open.Add(new OpenContinuation(node.Task, node.Continuation!));
            return;
        }

        var (_, faults) = expander.Expand(node, text, content);
        _faults.AddRange(faults);
        Grow();
    }

    private void Grow()
    {
        _isBeforePlainTasks = null;
        if (graph.Nodes.Count > _settled.Length)
        {
            var room = Math.Max(graph.Nodes.Count, 2 * _settled.Length);
            Array.Resize(ref _settled, room);
            Array.Resize(ref _assessments, room);
            Array.Resize(ref _runs, room);
            Array.Resize(ref _isSkipped, room);
        }
    }
}
