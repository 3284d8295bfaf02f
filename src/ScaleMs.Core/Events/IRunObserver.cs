namespace ScaleMs.Core.Events;

/// <summary>A view on the event stream. Called from one thread at a time, in order; what it throws never reaches the run.</summary>
public interface IRunObserver
{
    /// <summary>Takes the next event.</summary>
    /// <param name="runEvent">The event.</param>
    void On(RunEvent runEvent);
}
