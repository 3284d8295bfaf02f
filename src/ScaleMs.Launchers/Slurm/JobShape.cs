using ScaleMs.Core.Ports;
using ScaleMs.Launchers.Sites;

namespace ScaleMs.Launchers.Slurm;

/// <summary>What the tasks of one array have in common.</summary>
/// <param name="Directory">The directory there that holds the attempts' roots.</param>
/// <param name="Cpus">Cores of one attempt.</param>
/// <param name="MemoryBytes">Memory of one attempt; 0 for the partition's default.</param>
/// <param name="Gpus">Graphics processors of one attempt.</param>
/// <param name="Limit">The time limit of one attempt, rounded up to seconds; null for the partition's default.</param>
/// <param name="Grace">The time between TERM and KILL.</param>
/// <param name="IsPacked">Whether several attempts share one task.</param>
internal sealed record JobShape(string Directory, int Cpus, long MemoryBytes, int Gpus, TimeSpan? Limit, TimeSpan Grace, bool IsPacked)
{
    internal static JobShape Of(LaunchRequest request, string remoteRoot, SlurmProfile slurm) => new(
        Path.GetDirectoryName(remoteRoot)!,
        Math.Max(1, request.Granted.Cpus),
        Math.Max(request.Granted.MemoryBytes, request.MemoryLimitBytes),
        request.Granted.Gpus,
        LimitOf(request),
        request.Grace,
        slurm.Pack > 1 && LimitOf(request) <= slurm.PackTime);

    /// <summary>How many attempts a task takes, and how many of them run at once.</summary>
    internal (int Attempts, int Slots) TaskOf(SlurmProfile slurm) =>
        IsPacked ? (slurm.Pack, Math.Clamp(slurm.PackCpus / Cpus, 1, slurm.Pack)) : (1, 1);

    private static TimeSpan? LimitOf(LaunchRequest request) => request.TimeLimit ?? request.Granted.TimeLimit;
}
