using ScaleMs.Launchers.Sites;

namespace ScaleMs.Launchers.Slurm;

/// <summary>The time that a job asks for: a little more than its steps may take, so that what the wrapper records comes before what Slurm does.</summary>
/// <param name="Minutes">The value of <c>--time</c>; null for the partition's default.</param>
/// <param name="SignalSeconds">How long before its end the job is warned.</param>
internal sealed record Walltime(long? Minutes, int SignalSeconds)
{
    /// <summary>Slurm warns up to a minute earlier than it is asked to, and looks at the limit every half a minute.</summary>
    private static readonly TimeSpan Slack = TimeSpan.FromMinutes(1);

    /// <summary>What the wrapper takes beside the commands: starting, hashing outputs.</summary>
    private static readonly TimeSpan Overhead = TimeSpan.FromSeconds(30);

    private static readonly TimeSpan LongestWarning = TimeSpan.FromSeconds(65535);

    internal static Walltime Of(JobShape shape, SlurmProfile slurm, SiteLimits limits)
    {
        var (attempts, slots) = shape.TaskOf(slurm);
        var warning = Smaller(shape.Grace + Overhead, LongestWarning);
        var wanted = shape.Limit * ((attempts + slots - 1) / slots) + warning + Slack;
        return new Walltime(MinutesOf(wanted, limits.Time), (int)Math.Ceiling(warning.TotalSeconds));
    }

    private static long? MinutesOf(TimeSpan? wanted, TimeSpan? most) =>
        wanted is not { } time ? null
        : most < time ? Math.Max(1, (long)Math.Floor(most.Value.TotalMinutes))
        : (long)Math.Ceiling(time.TotalMinutes);

    private static TimeSpan Smaller(TimeSpan one, TimeSpan other) => one < other ? one : other;
}
