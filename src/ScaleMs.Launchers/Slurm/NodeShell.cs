using System.Globalization;
using ScaleMs.Launchers.Remote;
using ScaleMs.Launchers.Sites;

namespace ScaleMs.Launchers.Slurm;

/// <summary>A node of a cluster, whichever Slurm gives: each script is a job. For questions that only a node can answer.</summary>
/// <param name="site">The site.</param>
/// <param name="shell">Where the commands of Slurm are.</param>
/// <param name="folder">A folder here that the nodes see, where the workspace is shared.</param>
internal sealed class NodeShell(SiteProfile site, ISiteShell shell, string folder) : ISiteShell
{
    /// <summary>What the questions of one script may take once they run, minutes; a tool has one.</summary>
    private const int MostMinutes = 10;

    private readonly NodeJob _job = new(site, shell, folder);

    /// <inheritdoc/>
    public string Name => "a node";

    private SlurmProfile Slurm => site.Slurm ?? new SlurmProfile();

    /// <inheritdoc/>
    public async Task<ShellAnswer> RunAsync(string script, string? input, CancellationToken cancellation)
    {
        var minutes = site.Limits.Time is { } most ? Math.Clamp((int)most.TotalMinutes, 1, MostMinutes) : MostMinutes;
        var end = await _job.RunAsync("scalems-facts", script, Slurm.FactsWait, minutes, cancellation).ConfigureAwait(false);
        return end.Output is { } output && end.Problem is null && !end.IsLate ? new ShellAnswer(0, output, string.Empty) : throw new SiteException(TroubleOf(end));
    }

    private string TroubleOf(NodeJobEnd end) => end switch
    {
        { Problem: { } problem } => $"a node could not be asked, because the site {problem}",
        { IsLate: true } => string.Create(CultureInfo.InvariantCulture, $"no node answered within {Slurm.FactsWait.TotalMinutes:0.##} minutes ('facts-wait'); its job {end.Job} was cancelled"),
        { Job: "" } => $"the job that was to ask a node could not be submitted{end.Why}",
        _ => $"what job {end.Job} found on its node is not seen at {shell.Name}{end.Why}",
    };
}
