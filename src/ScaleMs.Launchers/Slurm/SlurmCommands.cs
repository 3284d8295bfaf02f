using ScaleMs.Launchers.Remote;
using ScaleMs.Launchers.Sites;

namespace ScaleMs.Launchers.Slurm;

/// <summary>Slurm's commands, where they are: here or on a login node. None of them is waited for without an end.</summary>
internal sealed class SlurmCommands(SiteProfile site, string workspace, ISiteShell shell)
{
    private const int NotFound = 127;

    /// <summary>A command that has not ended by then is ended, and counts as one that did not answer.</summary>
    internal static readonly TimeSpan LongestAnswer = TimeSpan.FromSeconds(60);

    private bool _hasNoAccounting;

    /// <summary>How often each command was run.</summary>
    internal SlurmCounts Counts { get; } = new();

    /// <summary>What the last command that failed complained of.</summary>
    internal string Complaint { get; private set; } = string.Empty;

    internal async Task<SubmitAnswer> SubmitAsync(Batch batch, string script)
    {
        Counts.Submissions++;
        var answer = await RunAsync("unset SBATCH_WAIT SBATCH_TEST_ONLY\nexec" + ShellWord.All(SbatchWords.Of(batch, site)), script).ConfigureAwait(false);
        return answer is null ? new(SubmitEnd.Unknown, Complaint)
            : answer.ExitCode == NotFound ? new(SubmitEnd.Refused, $"there is no 'sbatch' at {shell.Name}")
            : SubmitAnswer.Of(answer);
    }

    /// <summary>All jobs of the workspace in one answer; null when Slurm does not answer.</summary>
    internal async Task<QueueSnapshot?> QueueAsync(bool isOfAll)
    {
        Counts.Queries++;
        var states = isOfAll ? " -t all" : string.Empty;
        var answer = await RunAsync($"exec squeue -h -r -u \"$(id -un)\" -n {ShellWord.Of(Batch.NameOf(workspace))} -o {ShellWord.Of(QueueSnapshot.Format)}{states}", null).ConfigureAwait(false);
        return answer is { ExitCode: 0 } ? QueueSnapshot.Read(answer.Output, isOfAll) : null;
    }

    /// <summary>What the accounting remembers of tasks that Slurm's controller has forgotten; empty where there is none.</summary>
    internal async Task<IReadOnlyList<QueueEntry>> AccountAsync(IReadOnlyList<string> arrays)
    {
        if (_hasNoAccounting || arrays.Count == 0)
        {
            return [];
        }

        Counts.Accounts++;
        var answer = await RunAsync("exec sacct -n -P -X -S now-60days -o JobID,State,NodeList -j \"$(cat)\"", string.Join(',', arrays)).ConfigureAwait(false);
        _hasNoAccounting = answer is not null && answer.ExitCode != 0;
        return answer is { ExitCode: 0 } ? AccountText.Read(answer.Output) : [];
    }

    /// <summary>Cancels jobs, and tasks of arrays; those that are over already do not matter.</summary>
    internal async Task CancelAsync(IReadOnlyList<string> jobs)
    {
        if (jobs.Count > 0)
        {
            Counts.Cancels++;
            await RunAsync("exec xargs scancel", string.Join('\n', jobs)).ConfigureAwait(false);
        }
    }

    private async Task<ShellAnswer?> RunAsync(string script, string? input)
    {
        using var limit = new CancellationTokenSource(LongestAnswer);
        try
        {
            var answer = await shell.RunAsync(script, input, limit.Token).ConfigureAwait(false);
            Complaint = answer.ExitCode == 0 ? Complaint : SubmitAnswer.ErrorsOf(answer);
            return answer;
        }
        catch (OperationCanceledException)
        {
            Complaint = $"{shell.Name} did not answer for {LongestAnswer.TotalSeconds} s";
        }
        catch (Exception trouble) when (trouble is SiteException or IOException)
        {
            Complaint = trouble.Message;
        }

        return null;
    }
}

/// <summary>How often each of Slurm's commands was run.</summary>
internal sealed class SlurmCounts
{
    internal int Submissions { get; set; }

    internal int Queries { get; set; }

    internal int Accounts { get; set; }

    internal int Cancels { get; set; }
}
