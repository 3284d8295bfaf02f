using ScaleMs.Core.Failures;
using ScaleMs.Core.Model;

namespace ScaleMs;

/// <content>When the step is tried again in the same run; none of it is in the key.</content>
public sealed partial class Step
{
    private RetryRules _retries = RetryRules.Default;

    /// <summary>Tries the step again when its tool fails or an output is missing, each time in a new directory and without what the failed attempt left.</summary>
    /// <remarks>What the site is to blame for (a start that failed, a node that went away) is tried again in any case, and costs nothing of this.</remarks>
    /// <param name="credits">How often, 0 or more; 0 by default.</param>
    /// <param name="delay">The pause before the first of them, such as <c>10s</c>; each further one is twice as long, up to five minutes.</param>
    /// <returns>This step.</returns>
    public Step Retries(int credits, string delay = "10s")
    {
        ArgumentOutOfRangeException.ThrowIfNegative(credits);
        _retries = _retries with { Credits = credits, Delay = Read(delay, Duration.Parse) };
        return this;
    }

    /// <summary>Tries the step again after an exit code by which its tool asks for it, such as 42: what it waits for is not there yet.</summary>
    /// <param name="code">The exit code, 1 to 255; one that <see cref="AllowExit"/> names is a fault.</param>
    /// <param name="tries">How often, 1 or more.</param>
    /// <param name="delay">The pause before the first of them; each further one is twice as long, up to five minutes.</param>
    /// <returns>This step.</returns>
    public Step RetriesOnExit(int code, int tries = 10, string delay = "10s")
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(code, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(code, 255);
        ArgumentOutOfRangeException.ThrowIfLessThan(tries, 1);
        _retries = _retries with { LaterExits = [.. _retries.LaterExits, code], LaterTries = tries, LaterDelay = Read(delay, Duration.Parse) };
        return this;
    }

    /// <summary>Lets the limits of <see cref="Resources"/> grow when they were reached: the time after a time limit, the memory after a want of memory.</summary>
    /// <param name="time">By what the time limit is multiplied, above 1; null when it does not grow.</param>
    /// <param name="memory">By what the memory is multiplied, above 1; null when it does not grow. It never exceeds what the machine has.</param>
    /// <param name="mostTime">The longest time, such as <c>08:00:00</c>; null for ten times in a run.</param>
    /// <param name="mostMemory">The largest memory, such as <c>64 GiB</c>; null for what the machine has.</param>
    /// <returns>This step.</returns>
    public Step Grows(double? time = null, double? memory = null, string? mostTime = null, string? mostMemory = null)
    {
        _retries = _retries with
        {
            Time = GrowthOf(time, mostTime is null ? 0 : Read(mostTime, Duration.Parse).Ticks) ?? _retries.Time,
            Memory = GrowthOf(memory, mostMemory is null ? 0 : Read(mostMemory, ByteSize.Parse)) ?? _retries.Memory,
        };
        return this;
    }

    private static Growth? GrowthOf(double? factor, long most)
    {
        if (factor is { } given && !(given > 1 && double.IsFinite(given)))
        {
            throw new ArgumentOutOfRangeException(nameof(factor), given, "A limit grows by a factor above 1.");
        }

        return factor is { } times ? new Growth(times, most) : null;
    }
}
