namespace ScaleMs.Launchers.Amqp.Worker;

/// <summary>The last attempts that this worker answered, so that one that comes again is not begun again.</summary>
internal sealed class FinishedIds
{
    private const int Most = 20_000;

    private readonly HashSet<string> _ids = new(StringComparer.Ordinal);
    private readonly Queue<string> _order = new();
    private readonly Lock _lock = new();

    internal void Add(string id)
    {
        lock (_lock)
        {
            if (_ids.Add(id))
            {
                _order.Enqueue(id);
            }

            if (_order.Count > Most)
            {
                _ids.Remove(_order.Dequeue());
            }
        }
    }

    internal void Remove(string id)
    {
        lock (_lock)
        {
            _ids.Remove(id);
        }
    }

    internal bool Has(string id)
    {
        lock (_lock)
        {
            return _ids.Contains(id);
        }
    }
}
