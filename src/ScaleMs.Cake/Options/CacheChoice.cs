using ScaleMs.Core.Faults;
using ScaleMs.Core.Ports;
using ScaleMs.Store;
using ScaleMs.Store.Cache;

namespace ScaleMs;

/// <summary>Which shared cache a run uses, if any: <c>--cache</c>, else the environment.</summary>
/// <param name="Path">The folder, relative to the workspace or absolute; null for no cache.</param>
/// <param name="IsReadOnly">Whether nothing is added to it.</param>
internal sealed record CacheChoice(string? Path, bool IsReadOnly)
{
    private const string Variable = "SCALEMS_CACHE";

    /// <summary>Cake takes no option with an empty value, so a word turns off what the environment says; a folder of that name is <c>./none</c>.</summary>
    private const string Off = "none";

    /// <summary>Whether results that were imported here are added.</summary>
    public bool SharesImported { get; init; }

    /// <summary>Whether results that others imported are taken.</summary>
    public bool TakesImported { get; init; }

    public static CacheChoice None { get; } = new(null, false);

    /// <summary>Reads the choice; what is wrong with it is added to the faults.</summary>
    /// <param name="option">The value of <c>--cache</c>; null when it is not given, <c>none</c> for no cache.</param>
    /// <param name="isReadOnly">Whether <c>--read-only-cache</c> is given.</param>
    /// <param name="faults">Takes the faults.</param>
    public static CacheChoice Read(string? option, bool isReadOnly, List<Fault> faults)
    {
        var path = option ?? System.Environment.GetEnvironmentVariable(Variable);
        path = path == Off ? null : path;
        if (path is { } given && given.Contains("://", StringComparison.Ordinal))
        {
            faults.Add(UsageFaults.NoRemoteCache(option is null ? $"the environment variable {Variable}" : "option '--cache'", given));
        }
        else if (isReadOnly && string.IsNullOrEmpty(path))
        {
            faults.Add(UsageFaults.ReadOnlyWithoutCache());
        }

        return string.IsNullOrEmpty(path) ? None : new CacheChoice(path, isReadOnly);
    }

    /// <summary>Puts the cache behind a store.</summary>
    public IFileStore Behind(FileStore store, string workspace, Action<string> notice) => Path is null ? store : new CachedFileStore(
        store, OptionsIn(workspace), notice);

    /// <summary>Puts the cache behind a store that is only read.</summary>
    public IFileStore Behind(ReadingStore store, string workspace, Action<string> notice) => Path is null ? store : new CachedReadingStore(store, OptionsIn(workspace), notice);

    private CacheOptions OptionsIn(string workspace) => new()
    {
        Directory = System.IO.Path.GetFullPath(Path!, workspace),
        IsReadOnly = IsReadOnly,
        SharesImported = SharesImported,
        TakesImported = TakesImported,
    };
}
