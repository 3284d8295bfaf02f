using ScaleMs.Launchers.Native;
using ScaleMs.Launchers.Remote;

namespace ScaleMs.Launchers.Slurm;

/// <summary>Attempts' directories that the client and the nodes see under one path.</summary>
/// <remarks>Results are found by listing their directories: a file server that is asked for a name may go on saying that it is not there.</remarks>
internal sealed class SharedFiles : IAttemptFiles
{
    private const uint OwnerOnly = 0x1C0;

    /// <inheritdoc/>
    public Task<IReadOnlyList<string>> RungAsync(IReadOnlyCollection<SlurmAttempt> attempts)
    {
        var directories = attempts.Select(attempt => attempt.LocalDirectory).Distinct(StringComparer.Ordinal);
        return Task.FromResult<IReadOnlyList<string>>([.. directories.SelectMany(Rung)]);
    }

    /// <inheritdoc/>
    public Task<IReadOnlyList<KeyValuePair<SlurmAttempt, string>>> ResultsAsync(IReadOnlyCollection<SlurmAttempt> attempts) =>
        Task.FromResult<IReadOnlyList<KeyValuePair<SlurmAttempt, string>>>(
            [.. attempts.Select(attempt => KeyValuePair.Create(attempt, ResultOf(attempt)!)).Where(pair => pair.Value is not null)]);

    /// <inheritdoc/>
    public Task<IReadOnlyCollection<SlurmAttempt>> FenceAsync(IReadOnlyCollection<SlurmAttempt> attempts) =>
        Task.FromResult<IReadOnlyCollection<SlurmAttempt>>([.. attempts.Where(Fence)]);

    /// <inheritdoc/>
    public Task UnringAsync(IReadOnlyCollection<SlurmAttempt> attempts)
    {
        foreach (var attempt in attempts)
        {
            Try(() => File.Delete(Path.Combine(attempt.LocalDirectory, AttemptFiles.Ended, attempt.Name)));
        }

        return Task.CompletedTask;
    }

    private static IReadOnlyList<string> Rung(string directory)
    {
        try
        {
            return [.. Directory.EnumerateFiles(Path.Combine(directory, AttemptFiles.Ended)).Select(file => Path.Combine(directory, Path.GetFileName(file)))];
        }
        catch (IOException)
        {
            return [];
        }
    }

    private static string? ResultOf(SlurmAttempt attempt)
    {
        try
        {
            return Directory.EnumerateFiles(attempt.LocalRoot, AttemptFiles.Result).FirstOrDefault() is { } file ? File.ReadAllText(file) : null;
        }
        catch (Exception trouble) when (trouble is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    private static bool Fence(SlurmAttempt attempt)
    {
        // First the claim: a wrapper that starts in between then sees either that, or the wish that it ends.
        var isOurs = LibC.MakeDirectory(Path.Combine(attempt.LocalRoot, AttemptFiles.Claim), OwnerOnly) == 0;
        Try(() => File.WriteAllBytes(Path.Combine(attempt.LocalRoot, AttemptFiles.Cancel), []));
        return isOurs || !Directory.Exists(attempt.LocalRoot);
    }

    /// <summary>What is not there any more needs nothing.</summary>
    private static void Try(Action action)
    {
        try
        {
            action();
        }
        catch (Exception trouble) when (trouble is IOException or UnauthorizedAccessException)
        {
            return;
        }
    }
}
