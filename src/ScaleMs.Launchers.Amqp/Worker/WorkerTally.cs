namespace ScaleMs.Launchers.Amqp.Worker;

/// <summary>What a worker has done so far.</summary>
internal sealed class WorkerTally
{
    internal long Done;
    internal long Failed;
    internal long Cancelled;
    internal long Fenced;
    internal long GivenBack;
    internal long Poisoned;
    internal long Refused;
    internal long Reconnects;
    internal double BusySeconds;
    private readonly Lock _lock = new();

    internal DateTimeOffset StartedAt { get; } = TimeProvider.System.GetUtcNow();

    internal void AddBusy(double seconds)
    {
        lock (_lock)
        {
            BusySeconds += seconds;
        }
    }
}
