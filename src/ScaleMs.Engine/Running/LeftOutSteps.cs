using ScaleMs.Core.Graph;
using ScaleMs.Core.Planning;
using ScaleMs.Core.Planning.Selection;
using ScaleMs.Core.Records;

namespace ScaleMs.Engine.Running;

/// <summary>Foresees what a selection does to a plan: what is left out, what stands for it, and what is blocked by it.</summary>
/// <remarks>Asked node by node, producers first.</remarks>
/// <param name="services">The parts of the run.</param>
/// <param name="selected">Which instances may be executed.</param>
internal sealed class LeftOutSteps(RunServices services, SelectedSteps selected)
{
    private readonly Dictionary<GraphNode, Reason> _missing = [];
    private readonly Dictionary<GraphNode, ActionResult> _former = [];
    private readonly HashSet<GraphNode> _inDoubt = [];

    /// <summary>The line of an instance that something left out keeps from being judged; null when nothing does.</summary>
    public PlannedStep? Blocked(GraphNode node)
    {
        if (_missing.Count == 0 || node.Producers.FirstOrDefault(_missing.ContainsKey) is not { } bad)
        {
            return null;
        }

        var reason = SelectionReasons.Behind($"{bad}", _missing[bad]);
        if (selected.MayExecute(node))
        {
            _missing[node] = reason;
            return new PlannedStep(node.Step!, PlanKind.Blocked, reason);
        }

        return LeaveOut(node, reason, mayStillSettle: false);
    }

    /// <summary>A line of the plan, or what becomes of it when the instance may not run.</summary>
    public PlannedStep OrLeftOut(GraphNode node, PlannedStep planned)
    {
        if (_inDoubt.Count > 0 && node.Producers.Any(_inDoubt.Contains))
        {
            _inDoubt.Add(node);
        }

        return planned.Runs && !selected.MayExecute(node) ? LeaveOut(node, planned.Reason, planned.Kind == PlanKind.Possible) with { Key = planned.Key } : planned;
    }

    /// <summary>Whether an instance that may not run may yet be found up to date, when what runs before it changes nothing.</summary>
    public bool MayStillSettle(GraphNode node) => _inDoubt.Contains(node);

    /// <summary>Whether something above an instance may turn out to be left out and stale.</summary>
    public bool IsInDoubt(GraphNode node) => _inDoubt.Count > 0 && node.Producers.Any(_inDoubt.Contains);

    /// <summary>The recorded result that stands for a skipped instance; null for any other.</summary>
    public ActionResult? FormerResultOf(GraphNode node) => _former.GetValueOrDefault(node);

    private PlannedStep LeaveOut(GraphNode node, Reason stale, bool mayStillSettle)
    {
        var former = selected.IsSkipped(node) ? FormerResult.Of(node.Step!, services.Store.State) : null;
        var reason = former is null ? SelectionReasons.LeftOut(stale) : SelectionReasons.FormerResultStands(stale);
        if (mayStillSettle)
        {
            _inDoubt.Add(node);
        }
        else if (former is null)
        {
            _missing[node] = reason;
        }
        else
        {
            _former[node] = former;
        }

        return new PlannedStep(node.Step!, PlanKind.LeftOut, reason);
    }
}
