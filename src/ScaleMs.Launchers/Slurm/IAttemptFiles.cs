namespace ScaleMs.Launchers.Slurm;

/// <summary>What is looked at and left in attempts' roots, for many at once; a site that does not answer shows nothing.</summary>
internal interface IAttemptFiles
{
    /// <summary>The local roots of attempts that rang in the directories of these, and were not taken since.</summary>
    Task<IReadOnlyList<string>> RungAsync(IReadOnlyCollection<SlurmAttempt> attempts);

    /// <summary>The texts of results that are there.</summary>
    Task<IReadOnlyList<KeyValuePair<SlurmAttempt, string>>> ResultsAsync(IReadOnlyCollection<SlurmAttempt> attempts);

    /// <summary>Claims attempts, so that a job that starts for them has nothing to do, and tells those that have begun to end.</summary>
    /// <returns>Those that will never begin.</returns>
    Task<IReadOnlyCollection<SlurmAttempt>> FenceAsync(IReadOnlyCollection<SlurmAttempt> attempts);

    /// <summary>Forgets that they rang.</summary>
    Task UnringAsync(IReadOnlyCollection<SlurmAttempt> attempts);
}
