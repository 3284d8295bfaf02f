using ScaleMs.Launchers.Remote;

namespace ScaleMs.Launchers.Slurm;

/// <summary>What became of a submission.</summary>
internal enum SubmitEnd
{
    /// <summary>There is a job.</summary>
    Accepted,

    /// <summary>Nobody knows whether there is a job: the controller did not answer in time.</summary>
    Unknown,

    /// <summary>The site takes no array of this size.</summary>
    TooLarge,

    /// <summary>The site takes no more jobs of this user at present.</summary>
    Full,

    /// <summary>The site does not take such a job.</summary>
    Refused,

    /// <summary>It was not submitted, for a reason that may pass.</summary>
    Failed,
}

/// <summary>The answer of <c>sbatch</c>.</summary>
/// <param name="End">What became of the submission.</param>
/// <param name="Text">The job's id, or what is wrong.</param>
internal sealed record SubmitAnswer(SubmitEnd End, string Text)
{
    private static readonly string[] Silence =
    [
        "Unable to contact slurm controller", "Socket timed out", "Zero Bytes", "Connection refused", "Connection timed out", "Connection reset", "Communication connection failure",
        "not responding", "Transport endpoint", "Resource temporarily unavailable", "Slurm backup controller in standby", "Address already in use", "Network is unreachable", "No route to host",
        "authentication", "Unexpected message received",
    ];

    private static readonly string[] Limits =
    [
        "MaxSubmit", "submit limit", "submission limit", "temporarily unable to accept job", "MaxJobCount", "too many jobs",
    ];

    internal static SubmitAnswer Of(ShellAnswer answer)
    {
        var job = answer.Output.Trim().Split(';')[0];
        var errors = ErrorsOf(answer);
        return answer.ExitCode == 0 && job.Length > 0 && job.All(char.IsAsciiDigit) ? new(SubmitEnd.Accepted, job)
            : Says(errors, Silence) ? new(SubmitEnd.Unknown, errors)
            : Says(errors, ["Invalid job array specification"]) ? new(SubmitEnd.TooLarge, errors)
            : Says(errors, Limits) ? new(SubmitEnd.Full, errors)
            : new(SubmitEnd.Refused, errors);
    }

    /// <summary>What a command of Slurm complains of, in one line.</summary>
    internal static string ErrorsOf(ShellAnswer answer)
    {
        var lines = answer.Errors.Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        return lines.Length > 0 ? string.Join("; ", lines) : FormattableString.Invariant($"it ended with exit code {answer.ExitCode} and said '{answer.Output.Trim()}'");
    }

    private static bool Says(string errors, string[] words) => words.Any(word => errors.Contains(word, StringComparison.OrdinalIgnoreCase));
}
