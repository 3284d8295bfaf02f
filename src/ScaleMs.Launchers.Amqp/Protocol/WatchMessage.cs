namespace ScaleMs.Launchers.Amqp.Protocol;

/// <summary>What is known of a farm at one moment.</summary>
internal sealed record WatchMessage
{
    public string Farm { get; set; } = string.Empty;

    public string Broker { get; set; } = string.Empty;

    public IReadOnlyList<QueueNotice> Queues { get; set; } = [];

    public IReadOnlyList<WorkerNotice> Workers { get; set; } = [];

    public long Waiting => Queues.Sum(queue => queue.Waiting);

    public int Running => Workers.Sum(worker => worker.Running.Count);

    public long Poisoned { get; set; }

    /// <summary>Actions that ended since the last look, by the second.</summary>
    public double PerSecond { get; set; }
}

/// <summary>A queue.</summary>
internal sealed record QueueNotice(string Class, long Waiting, long Consumers);
