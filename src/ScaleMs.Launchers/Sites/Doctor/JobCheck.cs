using System.Globalization;
using ScaleMs.Launchers.Remote;
using ScaleMs.Launchers.Slurm;

namespace ScaleMs.Launchers.Sites.Doctor;

/// <summary>Submits a job of a second, which looks at its node as <see cref="PlaceCheck"/> looks at a machine.</summary>
/// <param name="site">What the profile says.</param>
/// <param name="slurm">Its section.</param>
/// <param name="shell">Where the commands of Slurm are.</param>
/// <param name="request">What it is examined for.</param>
internal sealed class JobCheck(SiteProfile site, SlurmProfile slurm, ISiteShell shell, DoctorRequest request) : IDoctorCheck
{
    private static readonly TimeSpan LoginLimit = TimeSpan.FromMinutes(2);

    /// <inheritdoc/>
    public async Task<IReadOnlyList<Finding>> RunAsync(CancellationToken cancellation)
    {
        using var probe = site.IsShared ? SharedProbe.Make(request.Workspace) : null;
        var script = PlaceQuestions.Of(site, request, probe).Facts().ToString();
        var end = await new NodeJob(site, shell, request.Workspace).RunAsync("scalems-doctor", script, request.JobLimit, 1, cancellation).ConfigureAwait(false);
        if (end.Problem is { } problem)
        {
            return [Finding.Fail(slurm.Login, "job", $"no job could be submitted: the site {problem}", "see what is said about 'shell' and 'scratch'")];
        }

        var seen = SiteAnswer.Read(new ShellAnswer(0, end.Output ?? string.Empty, string.Empty));
        var findings = new PlaceFindings(site, $"node {seen["host"]}", seen) { Tools = request.Tools };
        return [Job(end, findings.IsAnswered), .. findings.All(), .. probe is null || !findings.IsAnswered ? [] : await probe.FindingsAsync(findings, cancellation).ConfigureAwait(false), .. findings.Steps(), .. await FactsAsync(findings, cancellation).ConfigureAwait(false)];
    }

    /// <summary>What the login node tells, to compare with; it is not asked where nodes are.</summary>
    private async Task<IReadOnlyList<Finding>> FactsAsync(PlaceFindings node, CancellationToken cancellation)
    {
        if (!node.IsAnswered || node.Answer.Problem is not null)
        {
            return [];
        }

        var login = slurm.AsksNodes ? null : await new SiteProbe(site, shell, LoginLimit).RunAsync(PlaceQuestions.Tools(new SiteScript(site).Facts(), request), LoginLimit, cancellation).ConfigureAwait(false);
        return login is null ? [node.Ok("facts", "are asked for on a node, as 'facts: node' says")] : login.Problem is null ? [new FactsFinding(node, login).Told] : [];
    }

    private Finding Job(NodeJobEnd end, bool isAnswered) => end switch
    {
        { IsLate: true } => Finding.Fail(slurm.Login, "job", string.Create(CultureInfo.InvariantCulture, $"job {end.Job} did not end within {request.JobLimit.TotalMinutes:0} minutes; it was cancelled"), "see what 'squeue' gives as reason for jobs of this partition, or give --submit-limit more"),
        { Job: "" } => Finding.Fail(slurm.Login, "job", $"no job could be submitted (status {end.Status}){end.Why}", "see what is said about 'submission'"),
        _ when isAnswered => Finding.Ok(slurm.Login, "job", $"job {end.Job} ran"),
        _ => Finding.Fail(slurm.Login, "job", $"job {end.Job} ended, and its output is not seen at the login node{end.Why}", site.IsShared ? "put the workspace on a file system that nodes see too" : "name a 'scratch' that login node and nodes share"),
    };
}
