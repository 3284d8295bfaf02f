using ScaleMs.Core.Events;

namespace ScaleMs.Reporting.Control;

/// <summary>What a run's control server is given.</summary>
public sealed record ControlOrder
{
    /// <summary>The store's folder, absolute.</summary>
    public required string Store { get; init; }

    /// <summary>This machine's name, as the store tells it.</summary>
    public required string HostName { get; init; }

    /// <summary>What changes with each start of the machine.</summary>
    public required string BootId { get; init; }

    /// <summary>Ends the run as Ctrl-C does.</summary>
    public required Action Cancel { get; init; }

    /// <summary>Ends the steps that patterns name and leaves the run; answers null when no steps are executed now.</summary>
    public Func<IReadOnlyList<string>, Task<CancelledSteps?>> CancelSteps { get; init; } = _ => Task.FromResult<CancelledSteps?>(null);

    /// <summary>Told why there is no socket, where none can be made: the run goes on without.</summary>
    public required Action<string> Complain { get; init; }

    /// <summary>Where a detached run takes what it prints, by the run's id; null for a run that is not detached. Such a run is reachable from its first step on.</summary>
    public Func<string, string>? Output { get; init; }

    /// <summary>Told when a detached run executes; null for nobody.</summary>
    public Action<RunNote>? Ready { get; init; }

    /// <summary>The clock.</summary>
    public TimeProvider Clock { get; init; } = TimeProvider.System;
}
