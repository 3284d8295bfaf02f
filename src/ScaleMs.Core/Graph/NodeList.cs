using System.Collections;

namespace ScaleMs.Core.Graph;

/// <summary>Edges of a node: mostly none, one, or the next step and the end of the task, so an array is made only for more.</summary>
/// <remarks>Each form is as small as it can be, since there are several for each step; <see cref="With"/> and <see cref="Without"/> say which list to keep.</remarks>
internal abstract class NodeList : IReadOnlyList<GraphNode>
{
    private NodeList()
    {
    }

    /// <summary>No edges.</summary>
    public static NodeList Empty { get; } = new None();

    public abstract int Count { get; }

    public GraphNode? Last => Count == 0 ? null : this[Count - 1];

    public abstract GraphNode this[int index] { get; }

    /// <summary>Adds a node.</summary>
    /// <returns>The list to keep instead of this one.</returns>
    public abstract NodeList With(GraphNode node);

    /// <summary>Removes a node, once.</summary>
    /// <returns>The list to keep instead of this one.</returns>
    public NodeList Without(GraphNode node)
    {
        var (rest, isFound) = (Empty, false);
        for (var i = 0; i < Count; i++)
        {
            var isIt = !isFound && this[i] == node;
            isFound |= isIt;
            rest = isIt ? rest : rest.With(this[i]);
        }

        return rest;
    }

    public IEnumerator<GraphNode> GetEnumerator()
    {
        for (var i = 0; i < Count; i++)
        {
            yield return this[i];
        }
    }

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    private sealed class None : NodeList
    {
        public override int Count => 0;

        public override GraphNode this[int index] => throw new ArgumentOutOfRangeException(nameof(index));

        public override NodeList With(GraphNode node) => new One(node);
    }

    private sealed class One(GraphNode node) : NodeList
    {
        public override int Count => 1;

        public override GraphNode this[int index] => index == 0 ? node : throw new ArgumentOutOfRangeException(nameof(index));

        public override NodeList With(GraphNode added) => new Two(node, added);
    }

    private sealed class Two(GraphNode first, GraphNode second) : NodeList
    {
        public override int Count => 2;

        public override GraphNode this[int index] => index switch
        {
            0 => first,
            1 => second,
            _ => throw new ArgumentOutOfRangeException(nameof(index)),
        };

        public override NodeList With(GraphNode added) => new Many(first, second, added);
    }

    /// <summary>Grows in place.</summary>
    private sealed class Many(params GraphNode[] nodes) : NodeList
    {
        private GraphNode[] _nodes = nodes;
        private int _count = nodes.Length;

        public override int Count => _count;

        public override GraphNode this[int index] => index < _count ? _nodes[index] : throw new ArgumentOutOfRangeException(nameof(index));

        public override NodeList With(GraphNode added)
        {
            if (_count == _nodes.Length)
            {
                Array.Resize(ref _nodes, 2 * _count);
            }

            _nodes[_count++] = added;
            return this;
        }
    }
}
