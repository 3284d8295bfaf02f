using ScaleMs.Core.Model;

namespace ScaleMs.Core.Failures;

/// <summary>What follows on a failed attempt.</summary>
public abstract record RetryDecision
{
    private RetryDecision()
    {
    }

    /// <summary>Another attempt.</summary>
    /// <param name="Delay">The pause before it; zero for none.</param>
    /// <param name="Resources">What it is given.</param>
    /// <param name="Most">How many attempts of this run there can be if it goes on like this.</param>
    /// <param name="StartsOver">Whether no checkpoint that there is now may be used.</param>
    public sealed record Again(TimeSpan Delay, Resources Resources, int Most, bool StartsOver = false) : RetryDecision;

    /// <summary>The step has failed.</summary>
    /// <param name="Why">What kept it from being tried again though it was meant to be; empty when nothing was declared.</param>
    public sealed record GiveUp(string Why = "") : RetryDecision;
}
