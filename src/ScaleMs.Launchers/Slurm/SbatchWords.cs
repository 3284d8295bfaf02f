using System.Globalization;
using ScaleMs.Launchers.Sites;

namespace ScaleMs.Launchers.Slurm;

/// <summary>The words of the command that submits a batch.</summary>
internal static class SbatchWords
{
    private const long MiB = 1024 * 1024;

    internal static IReadOnlyList<string> Of(Batch batch, SiteProfile site)
    {
        var slurm = site.Slurm ?? new SlurmProfile();
        var (_, slots) = batch.Shape.TaskOf(slurm);
        return
        [
            "sbatch", "--parsable", "--job-name=" + batch.JobName, "--comment=" + batch.Comment,
            Invariant($"--array=0-{batch.Tasks.Count - 1}"),
            "--nodes=1", "--ntasks=1", Invariant($"--cpus-per-task={batch.Shape.Cpus * slots}"),
            .. Claims(batch.Shape.MemoryBytes, batch.Shape.Gpus, slots),
            .. Times(Walltime.Of(batch.Shape, slurm, site.Limits)),
            "--no-requeue", "--export=NONE", "--chdir=/", "--output=/dev/null",
            .. Places(slurm),
            .. slurm.Options,
        ];
    }

    /// <summary>Memory and graphics processors of a job with some slots.</summary>
    internal static IEnumerable<string> Claims(long memoryBytes, int gpus, int slots = 1)
    {
        if (memoryBytes > 0)
        {
            yield return Invariant($"--mem={((memoryBytes + MiB - 1) / MiB) * slots}M");
        }

        if (gpus > 0)
        {
            yield return Invariant($"--gres=gpu:{gpus * slots}");
        }
    }

    private static IEnumerable<string> Times(Walltime time)
    {
        yield return Invariant($"--signal=B:USR1@{time.SignalSeconds}");
        if (time.Minutes is { } minutes)
        {
            yield return Invariant($"--time={minutes}");
        }
    }

    /// <summary>Where a job goes.</summary>
    internal static IEnumerable<string> Places(SlurmProfile slurm) =>
        new[]
        {
            ("partition", slurm.Partition), ("account", slurm.Account), ("qos", slurm.Qos),
            ("reservation", slurm.Reservation), ("constraint", slurm.Constraint),
        }.Where(option => option.Item2.Length > 0).Select(option => $"--{option.Item1}={option.Item2}");

    private static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
