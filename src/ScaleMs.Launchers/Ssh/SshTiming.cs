using ScaleMs.Launchers.Remote;

namespace ScaleMs.Launchers.Ssh;

/// <summary>How long the launcher waits for what.</summary>
internal sealed record SshTiming
{
    /// <summary>The time between two looks at the attempts of a host.</summary>
    internal TimeSpan Poll { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>How long a host may take to answer.</summary>
    internal TimeSpan Answer { get; init; } = TimeSpan.FromSeconds(45);

    /// <summary>How long a host may be away before its attempts count as lost.</summary>
    internal TimeSpan Lost { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>How long attempts wait while no host can be used.</summary>
    internal TimeSpan GiveUp { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>How long a dead wrapper's watch has to say how the attempt ended.</summary>
    internal TimeSpan Dead { get; init; } = TimeSpan.FromSeconds(20);

    /// <summary>How long a heartbeat, which comes every ten seconds, may stand still before the attempt is told to begin its watch.</summary>
    internal TimeSpan Quiet { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>How long a heartbeat may stand still.</summary>
    internal TimeSpan Frozen { get; init; } = TimeSpan.FromMinutes(10);

    /// <summary>The pause after a failed connection; it doubles each time.</summary>
    internal TimeSpan FirstPause { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>The longest pause between two connections.</summary>
    internal TimeSpan LongestPause { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>How long what has ended may still be brought back when the run is cancelled.</summary>
    internal TimeSpan Harvest { get; init; } = HarvestTime.Usual;

    /// <summary>How long a connection that nobody needs is kept.</summary>
    internal TimeSpan Idle { get; init; } = TimeSpan.FromSeconds(30);
}
