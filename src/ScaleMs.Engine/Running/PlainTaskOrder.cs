namespace ScaleMs.Engine.Running;

/// <summary>
/// Which plain task starts next. A task runs alone and at its place in the order, which is Cake's. Only tasks that may overlap and have none
/// of the others between them run beside each other. Knows nothing of steps; they run beside plain tasks as their edges allow.
/// </summary>
/// <typeparam name="T">What stands for a task.</typeparam>
public sealed class PlainTaskOrder<T>
    where T : class
{
    private readonly IReadOnlyList<T> _order;
    private readonly int _most;
    private readonly Predicate<T> _mayOverlap;
    private readonly Predicate<T> _isDone;
    private readonly Dictionary<T, int> _places = [];
    private readonly PriorityQueue<T, int> _ready = new();
    private int _firstOpen;
    private int _firstAlone;

    /// <summary>Nothing is ready yet.</summary>
    /// <param name="order">The plain tasks, in their order.</param>
    /// <param name="most">How many may run at once.</param>
    /// <param name="mayOverlap">Whether a task may run beside others that may too.</param>
    /// <param name="isDone">Whether a task has ended, or will never begin.</param>
    public PlainTaskOrder(IReadOnlyList<T> order, int most, Predicate<T> mayOverlap, Predicate<T> isDone)
    {
        ArgumentNullException.ThrowIfNull(order);
        (_order, _most, _mayOverlap, _isDone) = (order, most, mayOverlap, isDone);
        for (var place = 0; place < order.Count; place++)
        {
            _places.Add(order[place], place);
        }
    }

    /// <summary>How many run.</summary>
    public int Running { get; private set; }

    /// <summary>All that a task waits for is done.</summary>
    /// <param name="task">The task.</param>
    public void Add(T task) => _ready.Enqueue(task, _places[task]);

    /// <summary>A task that was taken begins.</summary>
    public void Started() => Running++;

    /// <summary>One that began has ended.</summary>
    public void Ended() => Running--;

    /// <summary>Takes the next task; null when none may start.</summary>
    /// <param name="isAtRest">Whether nothing goes on anywhere. Then the first ready one starts whatever its place: one before it waits for it by data alone, which the order does not know of.</param>
    /// <returns>The task.</returns>
    public T? Next(bool isAtRest) =>
        _ready.TryPeek(out var task, out var place) && (isAtRest || MayStart(task, place)) ? _ready.Dequeue() : null;

    private bool MayStart(T task, int place) => _mayOverlap(task) ? place < FirstAlone() && Running < _most : place == FirstOpen();

    private int FirstOpen()
    {
        while (_firstOpen < _order.Count && _isDone(_order[_firstOpen]))
        {
            _firstOpen++;
        }

        return _firstOpen;
    }

    /// <summary>The first that must run alone and is not done.</summary>
    private int FirstAlone()
    {
        while (_firstAlone < _order.Count && (_mayOverlap(_order[_firstAlone]) || _isDone(_order[_firstAlone])))
        {
            _firstAlone++;
        }

        return _firstAlone;
    }
}
