namespace ScaleMs.Engine.Running;

/// <summary>
/// Which plain task starts next. A task runs alone and at its place in the definition's order, which is Cake's. Only tasks that may overlap and have none
/// of the others between them run beside each other. Knows nothing of steps; they run beside plain tasks as their edges allow.
/// </summary>
internal sealed class PlainTaskOrder
{
    private readonly List<Work> _order;
    private readonly int _most;
    private readonly Dictionary<Work, int> _places = [];
    private readonly PriorityQueue<Work, int> _ready = new();
    private int _firstOpen;
    private int _firstAlone;
    private int _running;

    /// <summary>Nothing is ready yet.</summary>
    /// <param name="order">The plain tasks, in their order.</param>
    /// <param name="most">How many may run at once.</param>
    public PlainTaskOrder(List<Work> order, int most)
    {
        (_order, _most) = (order, most);
        for (var place = 0; place < order.Count; place++)
        {
            _places.Add(order[place], place);
        }
    }

    /// <summary>All that a task waits for is done.</summary>
    public void Add(Work work) => _ready.Enqueue(work, _places[work]);

    public void Started() => _running++;

    public void Ended() => _running--;

    /// <summary>Takes the next task; null when none may start.</summary>
    /// <param name="isAtRest">Whether nothing goes on anywhere. Then the first ready one starts whatever its place: one before it waits for it by data alone, which the order does not know of.</param>
    public Work? Next(bool isAtRest) =>
        _ready.TryPeek(out var work, out var place) && (isAtRest || MayStart(work, place)) ? _ready.Dequeue() : null;

    private bool MayStart(Work work, int place) => MayOverlap(work) ? place < FirstAlone() && _running < _most : place == FirstOpen();

    private int FirstOpen()
    {
        while (_firstOpen < _order.Count && _order[_firstOpen].Phase == Phase.Settled)
        {
            _firstOpen++;
        }

        return _firstOpen;
    }

    /// <summary>The first that must run alone and is not done.</summary>
    private int FirstAlone()
    {
        while (_firstAlone < _order.Count && (MayOverlap(_order[_firstAlone]) || _order[_firstAlone].Phase == Phase.Settled))
        {
            _firstAlone++;
        }

        return _firstAlone;
    }

    private static bool MayOverlap(Work work) => work.Node.TaskEnd!.MayOverlap;
}
