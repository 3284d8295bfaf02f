using System.Globalization;
using System.Text;
using ScaleMs.Launchers.Remote;
using ScaleMs.Launchers.Slurm;
using ScaleMs.Launchers.Ssh;

namespace ScaleMs.Launchers.Sites.Doctor;

/// <summary>Submits a job of a second, which looks at its node as <see cref="PlaceCheck"/> looks at a machine.</summary>
/// <param name="site">What the profile says.</param>
/// <param name="slurm">Its section.</param>
/// <param name="shell">Where the commands of Slurm are.</param>
/// <param name="request">What it is examined for.</param>
internal sealed class JobCheck(SiteProfile site, SlurmProfile slurm, ISiteShell shell, DoctorRequest request) : IDoctorCheck
{
    private const string TimedOut = "124";

    /// <inheritdoc/>
    public async Task<IReadOnlyList<Finding>> RunAsync(CancellationToken cancellation)
    {
        using var probe = site.IsShared ? SharedProbe.Make(request.Workspace) : null;
        var limit = request.JobLimit + TimeSpan.FromMinutes(2);
        var bare = new SiteProfile { Name = site.Name, Launcher = site.Launcher };
        var answer = await new SiteProbe(bare, shell, limit).RunAsync(Question(bare, probe), limit, cancellation).ConfigureAwait(false);
        if (answer.Problem is { } problem)
        {
            return [Finding.Fail(slurm.Login, "job", $"no job could be submitted: the site {problem}", "see what is said about 'shell' and 'scratch'")];
        }

        var seen = SiteAnswer.Read(new ShellAnswer(0, answer["printed"] ?? string.Empty, string.Empty));
        var findings = new PlaceFindings(site, $"node {seen["host"]}", seen) { Tools = request.Tools };
        return [Job(answer, findings.IsAnswered), .. findings.All(), .. probe is null || !findings.IsAnswered ? [] : await probe.FindingsAsync(findings, cancellation).ConfigureAwait(false), .. findings.Steps()];
    }

    private SiteScript Question(SiteProfile bare, SharedProbe? probe)
    {
        var script = "#!/bin/sh\n" + PlaceQuestions.Of(site, request, probe);
        var folder = site.IsShared ? ShellWord.Of(request.Workspace) : ScratchFolder.WordOf(site.Scratch);
        var words = ShellWord.All(["--export=NONE", "--chdir=/", .. SbatchWords.Places(slurm), .. slurm.Options]);
        var text = Convert.ToBase64String(Encoding.UTF8.GetBytes(script));
        return new SiteScript(bare).With("doctor.sh").Ask(string.Create(CultureInfo.InvariantCulture, $"job {(long)request.JobLimit.TotalSeconds} {folder} {text}{words}"));
    }

    private Finding Job(SiteAnswer answer, bool isAnswered)
    {
        var job = (answer["job"] ?? string.Empty).Split(' ');
        var why = SiteAnswer.Why(answer.Records.SkipWhile(record => record.Word != "job").Skip(1).FirstOrDefault());
        return job switch
        {
            [TimedOut, var id] => Finding.Fail(slurm.Login, "job", string.Create(CultureInfo.InvariantCulture, $"job {id} did not end within {request.JobLimit.TotalMinutes:0} minutes; it was cancelled"), "see what 'squeue' gives as reason for jobs of this partition, or give --submit-limit more"),
            [_, var id] when isAnswered => Finding.Ok(slurm.Login, "job", $"job {id} ran"),
            [_, var id] => Finding.Fail(slurm.Login, "job", $"job {id} ended, and its output is not seen at the login node{why}", site.IsShared ? "put the workspace on a file system that nodes see too" : "name a 'scratch' that login node and nodes share"),
            [var status, ..] => Finding.Fail(slurm.Login, "job", $"no job could be submitted (status {status}){why}", "see what is said about 'submission'"),
            [] => Finding.Fail(slurm.Login, "job", "no job could be submitted", "see what is said about 'submission'"),
        };
    }
}
