namespace ScaleMs.Core.Failures;

/// <summary>When a step may be tried again in the same run; never in the key.</summary>
/// <remarks>What the site is to blame for is tried again without any rule, see <see cref="RetryPolicy"/>.</remarks>
public sealed record RetryRules
{
    /// <summary>The first pause where the author names none.</summary>
    public static readonly TimeSpan UsualDelay = TimeSpan.FromSeconds(10);

    /// <summary>A tool's error is final, and nothing grows.</summary>
    public static RetryRules Default { get; } = new();

    /// <summary>How often it is tried again after a tool's error or a missing output.</summary>
    public int Credits { get; init; }

    /// <summary>The first pause before that; each further one is twice as long.</summary>
    public TimeSpan Delay { get; init; } = UsualDelay;

    /// <summary>Exit codes by which a tool asks to be tried again later; they cost no credit.</summary>
    public IReadOnlyList<int> LaterExits { get; init; } = [];

    /// <summary>How often it is tried again after these exit codes.</summary>
    public int LaterTries { get; init; }

    /// <summary>The first pause before that; each further one is twice as long.</summary>
    public TimeSpan LaterDelay { get; init; } = UsualDelay;

    /// <summary>How the time limit grows; null when it does not.</summary>
    public Growth? Time { get; init; }

    /// <summary>How the claim on memory grows; null when it does not.</summary>
    public Growth? Memory { get; init; }
}

/// <summary>How a limit grows from one attempt to the next.</summary>
/// <param name="Factor">By what it is multiplied, above 1.</param>
/// <param name="Most">What it never exceeds: ticks of time, or bytes; 0 for no bound.</param>
public sealed record Growth(double Factor, long Most = 0)
{
    /// <summary>The next limit.</summary>
    /// <param name="granted">The limit of the attempt that failed, in ticks or bytes; 0 for none.</param>
    /// <param name="site">What the site has at most; 0 when that is not known.</param>
    /// <returns>A larger limit; 0 when it cannot grow.</returns>
    public long After(long granted, long site)
    {
        var most = Math.Min(Most > 0 ? Most : long.MaxValue, site > 0 ? site : long.MaxValue);
        var next = granted * Factor;
        var capped = next < most ? (long)next : most;
        return granted > 0 && capped > granted && capped < long.MaxValue ? capped : 0;
    }
}
