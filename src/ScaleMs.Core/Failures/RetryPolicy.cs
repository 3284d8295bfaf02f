using ScaleMs.Core.Model;

namespace ScaleMs.Core.Failures;

/// <summary>Decides whether a step is tried again after a failed attempt: a pure function of its rules and of this run's attempts.</summary>
/// <remarks>
/// The site's failures cost no credit, but are bounded: a site that never works must not keep a run for ever. Only a time limit makes time
/// grow and only a want of memory makes memory grow; so requests do not inflate for other reasons.
/// </remarks>
public static class RetryPolicy
{
    /// <summary>How often a step is tried again in a run for what costs no credit, each kind by itself.</summary>
    public const int MostFree = 10;

    private static readonly TimeSpan FirstDelay = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan LongestDelay = TimeSpan.FromMinutes(5);

    /// <summary>Decides.</summary>
    /// <param name="rules">The step's rules.</param>
    /// <param name="failed">The failed attempts of this run, oldest first; the last one is the question.</param>
    /// <param name="site">What the site has; memory 0 and no time limit when that is not known.</param>
    /// <returns>Another attempt, or that there is none.</returns>
    public static RetryDecision After(RetryRules rules, IReadOnlyList<FailedAttempt> failed, Resources site)
    {
        var last = failed[^1];
        return last.Failure.IsLasting ? new RetryDecision.GiveUp() : last.Failure.Class switch
        {
            FailureClass.SubmitError or FailureClass.NeverStarted or FailureClass.Preempted or FailureClass.NodeLost =>
                Again(failed, IsOfTheSite, MostFree, FirstDelay),
            FailureClass.ToolError when AsksForLater(rules, last) => Again(failed, attempt => AsksForLater(rules, attempt), rules.LaterTries, rules.LaterDelay),
            FailureClass.ToolError or FailureClass.OutputMissing when last.WasContinued =>
                new RetryDecision.Again(TimeSpan.Zero, last.Granted, failed.Count + 1, StartsOver: true),
            FailureClass.ToolError or FailureClass.OutputMissing => Again(failed, attempt => CostsCredit(rules, attempt), rules.Credits, rules.Delay),
            FailureClass.TimeLimit => AfterTimeLimit(rules, failed, site),
            FailureClass.OutOfMemory => AfterOutOfMemory(rules, failed, site),
            _ => new RetryDecision.GiveUp(),
        };
    }

    private static RetryDecision Again(IReadOnlyList<FailedAttempt> failed, Func<FailedAttempt, bool> isOfKind, int most, TimeSpan first)
    {
        var used = Count(failed, isOfKind);
        return used > most
            ? new RetryDecision.GiveUp()
            : new RetryDecision.Again(Pause(first, used), failed[^1].Granted, failed.Count + 1 + most - used);
    }

    private static RetryDecision AfterTimeLimit(RetryRules rules, IReadOnlyList<FailedAttempt> failed, Resources site)
    {
        var last = failed[^1];
        var grown = rules.Time?.After(last.Granted.TimeLimit?.Ticks ?? 0, site.TimeLimit?.Ticks ?? 0) ?? 0;
        return grown == 0 && !last.LeftCheckpoint
            ? new RetryDecision.GiveUp(rules.Time is null ? string.Empty : "its time may not grow any further")
            : Free(failed, FailureClass.TimeLimit, grown == 0 ? last.Granted : last.Granted with { TimeLimit = TimeSpan.FromTicks(grown) });
    }

    private static RetryDecision AfterOutOfMemory(RetryRules rules, IReadOnlyList<FailedAttempt> failed, Resources site)
    {
        var last = failed[^1];
        var grown = rules.Memory?.After(last.Granted.MemoryBytes, site.MemoryBytes) ?? 0;
        return grown == 0
            ? new RetryDecision.GiveUp(rules.Memory is null ? string.Empty : "its memory may not grow any further")
            : Free(failed, FailureClass.OutOfMemory, last.Granted with { MemoryBytes = grown });
    }

    private static RetryDecision Free(IReadOnlyList<FailedAttempt> failed, FailureClass kind, Resources granted)
    {
        var used = Count(failed, attempt => attempt.Failure.Class == kind);
        return used > MostFree ? new RetryDecision.GiveUp() : new RetryDecision.Again(TimeSpan.Zero, granted, failed.Count + 1 + MostFree - used);
    }

    private static bool IsOfTheSite(FailedAttempt attempt) =>
        attempt.Failure.Class is FailureClass.SubmitError or FailureClass.NeverStarted or FailureClass.Preempted or FailureClass.NodeLost;

    private static bool AsksForLater(RetryRules rules, FailedAttempt attempt) =>
        attempt.Failure is { Class: FailureClass.ToolError, ExitCode: { } code } && rules.LaterExits.Contains(code);

    /// <summary>A checkpoint that made the tool fail is not the author's to pay for.</summary>
    private static bool CostsCredit(RetryRules rules, FailedAttempt attempt) =>
        attempt.Failure.Class is FailureClass.ToolError or FailureClass.OutputMissing && !attempt.WasContinued && !AsksForLater(rules, attempt);

    /// <summary>Twice as long each time, up to five minutes or what the author asked for.</summary>
    private static TimeSpan Pause(TimeSpan first, int times)
    {
        var longest = first > LongestDelay ? first : LongestDelay;
        var pause = first * Math.Pow(2, Math.Min(times - 1, MostDoublings));
        return pause < longest ? pause : longest;
    }

    private const int MostDoublings = 20;

    private static int Count(IReadOnlyList<FailedAttempt> failed, Func<FailedAttempt, bool> isOfKind)
    {
        var count = 0;
        for (var i = 0; i < failed.Count; i++)
        {
            count += isOfKind(failed[i]) ? 1 : 0;
        }

        return count;
    }
}
