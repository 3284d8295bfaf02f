using System.Diagnostics;

namespace ScaleMs.Storm;

/// <summary>A run in a process of its own, which is killed.</summary>
internal static class Victim
{
    /// <summary>A run that hangs is a finding, not a storm that never ends.</summary>
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(2);

    /// <summary>Runs it and kills it after a time, unless it has ended by then.</summary>
    /// <param name="ledger">Where its steps add their directories.</param>
    /// <param name="arguments">What comes after <see cref="StudyRun.Flag"/>.</param>
    /// <param name="after">When, counted from its own beginning; null to wait for its end.</param>
    /// <param name="withSteps">Whether its steps are killed with it.</param>
    public static Ending Run(string ledger, IReadOnlyList<string> arguments, TimeSpan? after, bool withSteps)
    {
        var start = new ProcessStartInfo("dotnet", [typeof(Victim).Assembly.Location, StudyRun.Flag, .. arguments]) { RedirectStandardOutput = true, RedirectStandardError = true };
        start.Environment[Study.Ledger] = ledger;
        using var process = Process.Start(start)!;
        var errors = process.StandardError.ReadToEndAsync();
        process.StandardOutput.ReadLine();
        var begun = Stopwatch.GetTimestamp();
        var hasEnded = process.WaitForExit(after ?? Longest);
        var length = Stopwatch.GetElapsedTime(begun);
        if (!hasEnded)
        {
            process.Kill(entireProcessTree: withSteps);
        }

        process.WaitForExit();
        // Orphaned steps do not hold the pipe: their output goes to their logs.
        return new Ending(process.ExitCode, length, IsHung: after is null && !hasEnded, errors.GetAwaiter().GetResult());
    }
}

/// <summary>How it ended.</summary>
/// <param name="ExitCode">137 when it was killed, from outside or by itself at a point.</param>
/// <param name="Length">From its beginning to its end or kill.</param>
/// <param name="IsHung">Whether it had to be killed although it should have ended.</param>
/// <param name="Errors">What it wrote to standard error.</param>
internal sealed record Ending(int ExitCode, TimeSpan Length, bool IsHung, string Errors)
{
    public bool IsKilled => ExitCode == 137 && !IsHung;
}
