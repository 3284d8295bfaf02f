namespace ScaleMs.Launchers.Slurm;

/// <summary>What Slurm says of one task of one array.</summary>
/// <param name="Job">As <c>scancel</c> takes it: <c>12_3</c>.</param>
/// <param name="Array">The array's job id.</param>
/// <param name="Index">The index in the array; 0 for a job that is none.</param>
/// <param name="State">In Slurm's words: <c>RUNNING</c>.</param>
/// <param name="Reason">Why it waits or how it ended, in Slurm's words; may be empty.</param>
/// <param name="Batch">The batch's id, out of the comment; empty where there is none of ours.</param>
/// <param name="Node">Where it runs or ran; may be empty.</param>
internal sealed record QueueEntry(string Job, string Array, int Index, string State, string Reason, string Batch, string Node)
{
    private static readonly HashSet<string> Final = new(StringComparer.Ordinal)
    {
        "BOOT_FAIL", "CANCELLED", "COMPLETED", "DEADLINE", "FAILED", "NODE_FAIL", "OUT_OF_MEMORY", "PREEMPTED", "REVOKED", "TIMEOUT",
    };

    /// <summary>Reasons of jobs that wait for what will not come.</summary>
    private static readonly HashSet<string> Hopeless = new(StringComparer.Ordinal)
    {
        "BadConstraints", "PartitionConfig", "PartitionNodeLimit", "PartitionTimeLimit", "InvalidAccount", "InvalidQOS", "DependencyNeverSatisfied",
        "AssocMaxCpuPerJobLimit", "AssocMaxNodePerJobLimit", "AssocMaxMemPerJob", "AssocMaxWallDurationPerJobLimit", "AssocMaxGRESPerJob",
        "QOSMaxCpuPerJobLimit", "QOSMaxNodePerJobLimit", "QOSMaxMemoryPerJob", "QOSMaxWallDurationPerJobLimit", "QOSMaxGRESPerJob", "AccountNotAllowed", "QOSNotAllowed",
    };

    /// <summary>Whether it is over. Words that nobody knows mean that it is not.</summary>
    internal bool IsOver => Final.Contains(State);

    internal bool IsRunning => State is "RUNNING" or "COMPLETING";

    internal bool IsHopeless => State == "PENDING" && Hopeless.Contains(Reason);
}
