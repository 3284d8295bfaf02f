using System.Globalization;
using ScaleMs.Core.Model;
using ScaleMs.Launchers.Remote;
using ScaleMs.Launchers.Sites;
using ScaleMs.Launchers.Ssh;

namespace ScaleMs.Launchers.Slurm;

/// <summary>Starts workers of a farm as jobs of a cluster, so that many short steps run in a few allocations.</summary>
public static class Pilots
{
    /// <summary>The last minute of an allocation is kept for storing what steps leave.</summary>
    private static readonly TimeSpan LeastTime = TimeSpan.FromMinutes(2);

    /// <summary>Submits them as an array.</summary>
    /// <param name="cluster">The site that they run at; its launcher is <c>slurm</c>.</param>
    /// <param name="farm">The site whose actions they take; its launcher is <c>amqp</c>.</param>
    /// <param name="order">How many, and what each gets.</param>
    /// <param name="cancellation">Gives up; jobs may have been submitted by then.</param>
    /// <returns>The ids of their arrays, or why there are none.</returns>
    public static async Task<PilotJobs> SubmitAsync(SiteProfile cluster, SiteProfile farm, PilotOrder order, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(cluster);
        ArgumentNullException.ThrowIfNull(farm);
        ArgumentNullException.ThrowIfNull(order);
        if (WhyNot(cluster, farm, order) is { } problem)
        {
            return new PilotJobs([], string.Empty, problem);
        }

        var (shell, logs) = (SlurmShell.Of(cluster), LogsAt(cluster));
        var script = PilotScript.Of(cluster, farm.Amqp!, order);
        var jobs = new List<string>();
        foreach (var count in Arrays(order.Count, cluster.Slurm!.MostArray))
        {
            var answer = await SubmitAsync(shell, Submit(logs, Words(cluster, farm, order, count)), script, cancellation).ConfigureAwait(false);
            if (answer.End != SubmitEnd.Accepted)
            {
                return new PilotJobs(jobs, logs, $"sbatch at site '{cluster.Name}' said: {answer.Text}");
            }

            jobs.Add(answer.Text);
        }

        return new PilotJobs(jobs, logs, string.Empty);
    }

    private static string? WhyNot(SiteProfile cluster, SiteProfile farm, PilotOrder order) =>
        cluster.Slurm is null ? $"site '{cluster.Name}' is no cluster: its launcher is '{cluster.Launcher}', and pilots need 'slurm'"
        : farm.Amqp is not { } amqp ? $"site '{farm.Name}' is no farm: its launcher is '{farm.Launcher}', and pilots work for 'amqp'"
        : amqp.Blobs.Length == 0 ? $"site '{farm.Name}' says no place for blobs: write 'blobs:' below 'amqp:'"
        : order.Time < LeastTime ? "a pilot keeps its last minute for storing what steps leave: give it at least 2m"
        : SiteRefusals.Of(new Resources(order.Cpus, order.MemoryBytes, order.Gpus) { TimeLimit = order.Time }, cluster) is [var refusal, ..] ? $"a pilot {refusal}"
        : null;

    /// <summary>Where login node and nodes both write: the home directory need not be seen by nodes that do not see the workspace.</summary>
    private static string LogsAt(SiteProfile cluster) => cluster.IsShared || cluster.Scratch.Length == 0 ? "~/.cache/scalems/pilots" : cluster.Scratch.TrimEnd('/') + "/pilots";

    /// <summary>The folder's name is not known before its variable is.</summary>
    private static string Submit(string logs, IReadOnlyList<string> words) =>
        $"unset SBATCH_WAIT SBATCH_TEST_ONLY; logs={ScratchFolder.WordOf(logs)}; mkdir -p -- \"$logs\" || exit 1\nexec{ShellWord.All(words)} --output=\"$logs/%A_%a.log\"";

    private static async Task<SubmitAnswer> SubmitAsync(ISiteShell shell, string submit, string script, CancellationToken cancellation)
    {
        try
        {
            return SubmitAnswer.Of(await shell.RunAsync(submit, script, cancellation).ConfigureAwait(false));
        }
        catch (SiteException trouble)
        {
            return new SubmitAnswer(SubmitEnd.Failed, trouble.Message);
        }
    }

    private static IEnumerable<int> Arrays(int count, int most)
    {
        for (; count > 0; count -= most)
        {
            yield return Math.Min(count, most);
        }
    }

    private static IReadOnlyList<string> Words(SiteProfile cluster, SiteProfile farm, PilotOrder order, int count) =>
    [
        "sbatch", "--parsable", $"--job-name=scalems-pilot-{farm.Name}", Invariant($"--array=0-{count - 1}"),
        "--nodes=1", "--ntasks=1", Invariant($"--cpus-per-task={order.Cpus}"),
        .. SbatchWords.Claims(order.MemoryBytes, order.Gpus),
        .. order.Time is { } time ? [Invariant($"--time={(long)Math.Ceiling(time.TotalMinutes)}")] : (string[])[],
        "--export=NONE", "--chdir=/",
        .. SbatchWords.Places(cluster.Slurm!),
        .. cluster.Slurm!.Options,
    ];

    private static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
