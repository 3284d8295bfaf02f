using ScaleMs.Core.Graph;

namespace ScaleMs.Core.Planning.Selection;

/// <summary>A selection, resolved against a graph.</summary>
/// <remarks>Nodes that a growing graph gets later are taken when they come, producers first.</remarks>
public sealed class SelectedSteps
{
    private readonly StepSelection _selection;
    private readonly bool _isLimited;
    private readonly HashSet<GraphNode> _from = [];
    private readonly HashSet<GraphNode> _excluded = [];
    private readonly HashSet<GraphNode> _skipped = [];
    private readonly HashSet<GraphNode> _rerun = [];

    /// <summary>Resolves a selection.</summary>
    /// <param name="selection">The selection; each pattern was found to name something.</param>
    /// <param name="nodes">The nodes, producers before consumers.</param>
    public SelectedSteps(StepSelection selection, IEnumerable<GraphNode> nodes)
    {
        ArgumentNullException.ThrowIfNull(selection);
        _selection = selection;
        _isLimited = selection.Only.Count + selection.From.Count + selection.Import.Count > 0;
        Take(nodes, null);
    }

    /// <summary>Whether an instance may be executed.</summary>
    /// <param name="node">Its node.</param>
    /// <returns>False for one that was left out, by <c>--skip</c> or because others were named.</returns>
    public bool MayExecute(GraphNode node) => !_excluded.Contains(node);

    /// <summary>Whether an instance is left out by name, so that its recorded result stands for it.</summary>
    /// <param name="node">Its node.</param>
    /// <returns>Whether it was named by <c>--skip</c>.</returns>
    public bool IsSkipped(GraphNode node) => _skipped.Contains(node);

    /// <summary>Why an instance is executed whatever its record says.</summary>
    /// <param name="node">Its node.</param>
    /// <returns>The reason; null when its record decides, as it does of a step that runs always and is left out, or that an import is for.</returns>
    public Reason? WhyForced(GraphNode node)
    {
        ArgumentNullException.ThrowIfNull(node);
        return _rerun.Contains(node) ? SelectionReasons.Rerun
            : node.Step is { IsAlways: true } && _selection.Import.Count == 0 && MayExecute(node) ? SelectionReasons.Always
            : null;
    }

    /// <summary>Resolves the selection for further nodes.</summary>
    /// <param name="nodes">The nodes, producers before consumers.</param>
    /// <param name="declaredBy">The continuation that declared them: what it waits for, they wait for too. Null for nodes that were always there.</param>
    public void Take(IEnumerable<GraphNode> nodes, GraphNode? declaredBy)
    {
        ArgumentNullException.ThrowIfNull(nodes);
        if (_selection.IsAll)
        {
            return;
        }

        foreach (var node in nodes)
        {
            if (IsBelow(node, declaredBy))
            {
                _from.Add(node);
            }

            if (node.Step is not null)
            {
                Take(node);
            }
        }
    }

    /// <summary>A continuation reads what it waits for, and what it declares comes from there.</summary>
    private bool IsBelow(GraphNode node, GraphNode? declaredBy) => _selection.From.Count > 0 &&
        ((node.Step is not null && Names(_selection.From, node)) || node.Producers.Any(_from.Contains) ||
        (declaredBy is not null && node.TaskEnd is null && _from.Contains(declaredBy)) || (node.Continuation is not null && node.Before.Any(_from.Contains)));

    private void Take(GraphNode node)
    {
        var isImported = Names(_selection.Import, node);
        var isRerun = Names(_selection.Rerun, node) || (isImported && _selection.ImportsAnew);
        if (Names(_selection.Skip, node))
        {
            _skipped.Add(node);
            _excluded.Add(node);
        }
        else if (isRerun)
        {
            _rerun.Add(node);
        }
        else if (_isLimited && !_from.Contains(node) && !isImported && !Names(_selection.Only, node))
        {
            _excluded.Add(node);
        }
    }

    private static bool Names(IReadOnlyList<StepPattern> patterns, GraphNode node)
    {
        for (var i = 0; i < patterns.Count; i++)
        {
            if (patterns[i].Matches(node.Step!.Id))
            {
                return true;
            }
        }

        return false;
    }
}
