using ScaleMs.Core.Events;
using ScaleMs.Core.Faults;
using ScaleMs.Core.Graph;
using ScaleMs.Core.Model;
using ScaleMs.Core.Planning.Selection;
using ScaleMs.Core.Records;

namespace ScaleMs.Engine.Running;

/// <summary>Goes on with the definition where something came to be known: the graph grows, and what is new is checked like the rest. Planner and run loop both use it.</summary>
/// <remarks>For the run loop's thread.</remarks>
internal sealed class Expander
{
    private readonly RunServices _services;
    private readonly WorkflowGraph _graph;
    private readonly int _most;
    private readonly SelectedSteps _selected;
    private readonly Dictionary<GraphNode, OutputRecord?> _expanded = [];
    private readonly Dictionary<GraphNode, IReadOnlyList<Fault>> _refused = [];
    private readonly Dictionary<GraphNode, GraphNode> _origins = [];
    private readonly Dictionary<string, int> _open = new(StringComparer.Ordinal);
    private readonly Dictionary<StepId, double> _expectedOfNew = [];
    private Dictionary<StepId, double>? _expected;
    private int _made;

    public Expander(RunServices services, RunRequest request, WorkflowGraph graph, IReadOnlySet<string> skipped, SelectedSteps selected)
    {
        (_services, _graph, _most, _selected) = (services, graph, request.MostExpandedSteps, selected);
        foreach (var node in graph.Continuations.Where(node => !skipped.Contains(node.Task)))
        {
            Count(node.Task, +1);
        }
    }

    /// <summary>How long the steps that were always there took last time, in seconds, for those that ran.</summary>
    public IReadOnlyDictionary<StepId, double> Expected => _expected ??= ExpectedOf(_graph.Steps, Math.Min(_graph.Nodes.Count, _services.Store.State.Steps.Count));

    /// <summary>Whether parts of the definition are not known yet.</summary>
    public bool IsOpen => _open.Count > 0;

    /// <summary>Whether parts of a task are not known yet.</summary>
    public bool IsOpenIn(string task) => _open.ContainsKey(task);

    /// <summary>Whether a continuation went on already.</summary>
    public bool IsExpanded(GraphNode node) => _expanded.ContainsKey(node);

    /// <summary>Whether a continuation went on, but from other content than this.</summary>
    public bool IsFromOther(GraphNode node, OutputRecord? content) => _expanded.TryGetValue(node, out var known) && known?.Bytes != content?.Bytes;

    /// <summary>Lets a continuation go on.</summary>
    /// <param name="node">Its node.</param>
    /// <param name="text">The content; empty where there is none.</param>
    /// <param name="content">The record of the content; null where there is none.</param>
    /// <returns>The new nodes, in order; or faults, and nothing was added. Faults are the same when it is asked again: the author's code is called once.</returns>
    public (IReadOnlyList<GraphNode> Added, IReadOnlyList<Fault> Faults) Expand(GraphNode node, string text, OutputRecord? content)
    {
        if (_refused.TryGetValue(node, out var known))
        {
            return ([], known);
        }

        var (added, faults) = TryExpand(node, text, content);
        if (faults.Count > 0)
        {
            _refused.Add(node, faults);
        }

        return (added, faults);
    }

    /// <summary>The continuations that a node came from, the nearest first; none for a node that was always there.</summary>
    public IEnumerable<GraphNode> OriginsOf(GraphNode node)
    {
        for (var origin = _origins.GetValueOrDefault(node); origin is not null; origin = _origins.GetValueOrDefault(origin))
        {
            yield return origin;
        }
    }

    /// <summary>A continuation will not go on in this run: what waits for it failed, or the run ends.</summary>
    public void GiveUp(GraphNode node) => Tell(node.Task, [], 0);

    /// <summary>How long an instance took last time, in seconds; one second for one that never ran.</summary>
    public double SecondsOf(StepInstance step) => Expected.TryGetValue(step.Id, out var seconds) || _expectedOfNew.TryGetValue(step.Id, out seconds) ? seconds : 1;

    private Dictionary<StepId, double> ExpectedOf(IEnumerable<StepInstance> steps, int most)
    {
        var state = _services.Store.State;
        var expected = new Dictionary<StepId, double>(most);
        foreach (var step in steps)
        {
            if (state.Steps.TryGetValue(step.Id, out var known) && state.Results.TryGetValue(known.Key, out var result) && result.ImportedFrom is null)
            {
                expected[step.Id] = result.WallSeconds;
            }
        }

        return expected;
    }

    private (IReadOnlyList<GraphNode> Added, IReadOnlyList<Fault> Faults) TryExpand(GraphNode node, string text, OutputRecord? content)
    {
        if (content is not null && ContentReader.IsTooLarge(content))
        {
            return ([], [Late.TooLarge(node.Continuation!, content.Length)]);
        }

        var expansion = node.Continuation!.Expand(text);
        _made += expansion.Steps.Count + expansion.Continuations.Count;
        if (_made > _most)
        {
            return ([], [Late.TooManySteps(node.Continuation, _most)]);
        }

        _services.OnDeclared?.Invoke(expansion.Steps);
        List<Fault> missing = expansion.Faults.Count > 0 ? [] : new Preflight(_services).CheckAdded(expansion.Steps, _graph.HasPlainTasks);
        var (added, faults) = _graph.Extend(expansion with { Faults = [.. expansion.Faults, .. missing] });
        if (faults.Count == 0)
        {
            _expanded.Add(node, content);
            Take(node, added);
            Count(node.Task, expansion.Continuations.Count - 1);
            Tell(node.Task, expansion.Steps, expansion.Continuations.Count);
        }

        return (added, faults);
    }

    private void Take(GraphNode node, IReadOnlyList<GraphNode> added)
    {
        for (var i = 0; i < added.Count; i++)
        {
            _origins.Add(added[i], node);
        }

        _selected.Take(added, node);
    }

    private void Tell(string task, IReadOnlyList<StepInstance> steps, int continuations)
    {
        var expected = ExpectedOf(steps, steps.Count);
        foreach (var (step, seconds) in expected)
        {
            _expectedOfNew[step] = seconds;
        }

        _services.Events.Send(new RunEvent.Expanded(_services.Clock.GetUtcNow(), task, steps, continuations, expected));
    }

    private void Count(string task, int change)
    {
        var open = _open.GetValueOrDefault(task) + change;
        if (open == 0)
        {
            _open.Remove(task);
        }
        else
        {
            _open[task] = open;
        }
    }
}
