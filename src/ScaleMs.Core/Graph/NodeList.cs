using System.Collections;

namespace ScaleMs.Core.Graph;

/// <summary>Edges of a node: mostly none, one, or the next step and the end of the task, so an array is made only for more.</summary>
/// <remarks>One shared list stands for none; <see cref="With"/> says which list to keep.</remarks>
internal sealed class NodeList : IReadOnlyList<GraphNode>
{
    private GraphNode? _first;
    private GraphNode? _second;
    private List<GraphNode>? _more;

    private NodeList()
    {
    }

    /// <summary>No edges.</summary>
    public static NodeList Empty { get; } = new();

    public int Count => (_first is null ? 0 : _second is null ? 1 : 2) + (_more?.Count ?? 0);

    public GraphNode? Last => Count == 0 ? null : this[Count - 1];

    public GraphNode this[int index] => (index switch
    {
        0 => _first,
        1 => _second,
        _ => _more?[index - 2],
    }) ?? throw new ArgumentOutOfRangeException(nameof(index));

    /// <summary>Adds a node.</summary>
    /// <returns>This list; a new one instead of the empty one.</returns>
    public NodeList With(GraphNode node)
    {
        if (ReferenceEquals(this, Empty))
        {
            return new NodeList { _first = node };
        }

        if (_first is null)
        {
            _first = node;
        }
        else if (_second is null)
        {
            _second = node;
        }
        else
        {
            (_more ??= []).Add(node);
        }

        return this;
    }

    /// <summary>Removes a node, once.</summary>
    public void Remove(GraphNode node)
    {
        if (_first == node)
        {
            (_first, _second) = (_second, TakeMore());
        }
        else if (_second == node)
        {
            _second = TakeMore();
        }
        else
        {
            _more?.Remove(node);
        }
    }

    public IEnumerator<GraphNode> GetEnumerator()
    {
        for (var i = 0; i < Count; i++)
        {
            yield return this[i];
        }
    }

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    private GraphNode? TakeMore()
    {
        if (_more is not { Count: > 0 } more)
        {
            return null;
        }

        var next = more[0];
        more.RemoveAt(0);
        return next;
    }
}
