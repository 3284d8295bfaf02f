using ScaleMs.Core.Events;

namespace ScaleMs.Engine.Running;

/// <summary>Hands events to the observers, one at a time and in order; an observer that throws is dropped, never the run.</summary>
internal sealed class EventStream(IReadOnlyList<IRunObserver> observers)
{
    private readonly Lock _lock = new();
    private readonly List<IRunObserver> _observers = [.. observers];

    public void Send(RunEvent runEvent)
    {
        lock (_lock)
        {
            for (var i = _observers.Count - 1; i >= 0; i--)
            {
                try
                {
                    _observers[i].On(runEvent);
                }
                catch (Exception exception)
                {
                    // A view must not end a run of hours: it is dropped, and the others are told.
                    var name = _observers[i].GetType().Name;
                    _observers.RemoveAt(i);
                    Send(new RunEvent.Noticed(runEvent.At, "observer-failed", $"{name} stopped: {exception.Message}"));
                    i = Math.Min(i, _observers.Count);
                }
            }
        }
    }
}
