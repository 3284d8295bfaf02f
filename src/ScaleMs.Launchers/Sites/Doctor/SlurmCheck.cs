using ScaleMs.Launchers.Remote;
using ScaleMs.Launchers.Slurm;

namespace ScaleMs.Launchers.Sites.Doctor;

/// <summary>Asks Slurm whether it would take what the profile submits. Nothing is submitted.</summary>
/// <param name="site">What the profile says.</param>
/// <param name="slurm">Its section.</param>
/// <param name="shell">Where the commands of Slurm are.</param>
internal sealed class SlurmCheck(SiteProfile site, SlurmProfile slurm, ISiteShell shell) : IDoctorCheck
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(5);

    /// <summary>What nodes tell of themselves: cores, MiB, graphics processors, time limit of the partition.</summary>
    private const string NodeFormat = "%c|%m|%G|%l|%R";

    /// <inheritdoc/>
    public async Task<IReadOnlyList<Finding>> RunAsync(CancellationToken cancellation)
    {
        var answer = await new SiteProbe(Bare, shell, Patience).RunAsync(Questions(), Patience, cancellation).ConfigureAwait(false);
        return answer.Problem is { } problem ? [Finding.Fail(slurm.Login, "slurm", $"cannot be asked: the site {problem}", "see what is said about 'shell'")]
            : [.. new SlurmFindings(site, slurm, answer).All()];
    }

    /// <summary>The commands of Slurm are called without modules.</summary>
    private SiteProfile Bare => new() { Name = site.Name, Launcher = site.Launcher };

    private SiteScript Questions()
    {
        var script = new SiteScript(Bare).With("doctor.sh").Ask("coreutils sbatch squeue scontrol scancel sinfo").Ask("has sacct")
            .Ask("capture version sbatch --version")
            .Ask("capture ping scontrol ping")
            .Ask("capture partitions sinfo -h -o '%P'")
            .Ask($"capture nodes sinfo -h -e -o {ShellWord.Of(NodeFormat)}")
            .Ask("capture config scontrol show config")
            .Ask(Trial("trial", []));
        foreach (var (name, words) in SlurmLimits.Of(site.Limits))
        {
            script.Ask(Trial(name, words));
        }

        return script;
    }

    /// <summary>Slurm says whether it would ever start such a job, and starts none.</summary>
    private string Trial(string name, IEnumerable<string> words) =>
        $"capture {name} sbatch --test-only{ShellWord.All([.. SbatchWords.Places(slurm), .. slurm.Options, .. words, "--wrap=true"])}";
}
