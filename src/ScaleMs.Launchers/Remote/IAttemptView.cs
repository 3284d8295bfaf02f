namespace ScaleMs.Launchers.Remote;

/// <summary>Looks at the roots of many attempts where they are. Each call is one round trip at most, however many roots it is for.</summary>
internal interface IAttemptView
{
    /// <summary>The names of the roots whose attempts have rung since they were last taken note of.</summary>
    /// <param name="parents">The directories that hold the roots.</param>
    /// <param name="cancellation">Gives up.</param>
    /// <returns>Paths of roots.</returns>
    /// <exception cref="SiteException">The site cannot be reached.</exception>
    Task<IReadOnlyList<string>> EndedAsync(IReadOnlyCollection<string> parents, CancellationToken cancellation);

    /// <summary>Looks at roots, by listing them: what a network file system remembers as missing is asked for again.</summary>
    /// <param name="roots">The roots.</param>
    /// <param name="cancellation">Gives up.</param>
    /// <returns>What was seen, in the same order.</returns>
    /// <exception cref="SiteException">The site cannot be reached.</exception>
    Task<IReadOnlyList<AttemptSight>> LookAsync(IReadOnlyList<string> roots, CancellationToken cancellation);

    /// <summary>Reads <c>result.json</c>.</summary>
    /// <param name="root">The root.</param>
    /// <param name="cancellation">Gives up.</param>
    /// <returns>Its text; empty when it is not there, or longer than a result may be.</returns>
    /// <exception cref="SiteException">The site cannot be reached.</exception>
    Task<string> ReadResultAsync(string root, CancellationToken cancellation);

    /// <summary>Asks the wrappers to end their attempts.</summary>
    /// <param name="roots">The roots.</param>
    /// <param name="cancellation">Gives up.</param>
    /// <exception cref="SiteException">The site cannot be reached.</exception>
    Task CancelAsync(IReadOnlyList<string> roots, CancellationToken cancellation);

    /// <summary>Claims an attempt in a wrapper's place: then none ever runs it.</summary>
    /// <param name="root">The root.</param>
    /// <param name="cancellation">Gives up.</param>
    /// <returns>False when a wrapper has it.</returns>
    /// <exception cref="SiteException">The site cannot be reached.</exception>
    Task<bool> ClaimAsync(string root, CancellationToken cancellation);

    /// <summary>Takes note of attempts that have ended: they ring no longer.</summary>
    /// <param name="roots">The roots.</param>
    /// <param name="cancellation">Gives up.</param>
    /// <exception cref="SiteException">The site cannot be reached.</exception>
    Task HushAsync(IReadOnlyList<string> roots, CancellationToken cancellation);
}

/// <summary>What was seen of an attempt.</summary>
/// <param name="IsClaimed">Whether a wrapper has it.</param>
/// <param name="HasResult">Whether it has ended.</param>
/// <param name="Heartbeat">The heartbeat's content; only that it changes tells something.</param>
internal sealed record AttemptSight(bool IsClaimed, bool HasResult, string Heartbeat)
{
    /// <summary>An attempt that nobody has begun.</summary>
    internal static AttemptSight Nothing { get; } = new(IsClaimed: false, HasResult: false, string.Empty);
}
