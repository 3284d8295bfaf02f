using System.Globalization;
using System.Text;
using ScaleMs.Launchers.Remote;
using ScaleMs.Launchers.Sites;
using ScaleMs.Launchers.Ssh;

namespace ScaleMs.Launchers.Slurm;

/// <summary>Runs a script on a node, in the very surroundings of a step: as a job with one task, which is awaited for a bounded time and cancelled after it.</summary>
/// <param name="site">The site.</param>
/// <param name="shell">Where the commands of Slurm are.</param>
/// <param name="folder">A folder here that the nodes see, where the workspace is shared.</param>
internal sealed class NodeJob(SiteProfile site, ISiteShell shell, string folder)
{
    /// <summary>For the shell around it, and for files that a server shows late.</summary>
    private static readonly TimeSpan Margin = TimeSpan.FromMinutes(2);

    /// <summary>Runs it.</summary>
    /// <param name="name">The job's name.</param>
    /// <param name="script">The script, without a first line that names a shell.</param>
    /// <param name="limit">How long it may take from its submission to its end.</param>
    /// <param name="minutes">The job's time limit, minutes.</param>
    /// <param name="cancellation">Gives up.</param>
    public async Task<NodeJobEnd> RunAsync(string name, string script, TimeSpan limit, int minutes, CancellationToken cancellation)
    {
        var bare = new SiteProfile { Name = site.Name, Launcher = site.Launcher };
        var slurm = site.Slurm ?? new SlurmProfile();
        var output = site.IsShared ? ShellWord.Of(folder) : ScratchFolder.WordOf(site.Scratch);
        var text = Convert.ToBase64String(Encoding.UTF8.GetBytes("#!/bin/sh\n" + script));
        var words = ShellWord.All(["--export=NONE", "--chdir=/", string.Create(CultureInfo.InvariantCulture, $"--time={minutes}"), .. SbatchWords.Places(slurm), .. slurm.Options]);
        var question = new SiteScript(bare).With("node.sh").Ask(string.Create(CultureInfo.InvariantCulture, $"job {ShellWord.Of(name)} {(long)Math.Ceiling(limit.TotalSeconds)} {output} {text}{words}"));
        return new NodeJobEnd(await new SiteProbe(bare, shell, limit + Margin).RunAsync(question, limit + Margin, cancellation).ConfigureAwait(false));
    }
}

/// <summary>What became of it.</summary>
/// <param name="told">What was told at the place of submission.</param>
internal sealed class NodeJobEnd(SiteAnswer told)
{
    private const string TimedOut = "124";

    private readonly string[] _words = (told["job"] ?? string.Empty).Split(' ', StringSplitOptions.RemoveEmptyEntries);

    /// <summary>Why it could not even be tried, as the end of a sentence that begins with the site; null when it was.</summary>
    public string? Problem => told.Problem;

    /// <summary>The job's number; empty where there is none.</summary>
    public string Job => _words is [_, var job, ..] ? job : string.Empty;

    /// <summary>How <c>sbatch</c> ended.</summary>
    public string Status => _words is [var status, ..] ? status : "unknown";

    /// <summary>Whether it had not ended in time, and was cancelled.</summary>
    public bool IsLate => Status == TimedOut;

    /// <summary>What <c>sbatch</c> said, after a colon; empty for nothing.</summary>
    public string Why => SiteAnswer.Why(told.Records.SkipWhile(record => record.Word != "job").Skip(1).FirstOrDefault());

    /// <summary>What the script printed; null when that was not seen.</summary>
    public string? Output => told["printed"];
}
