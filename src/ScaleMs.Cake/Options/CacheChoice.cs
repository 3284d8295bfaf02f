using ScaleMs.Core.Faults;
using ScaleMs.Core.Ports;
using ScaleMs.Store;
using ScaleMs.Store.Cache;

namespace ScaleMs;

/// <summary>Which shared cache a run uses, if any: <c>--cache</c>, else the environment.</summary>
/// <param name="Path">The folder, relative to the workspace or absolute, or the address of an endpoint; null for no cache.</param>
/// <param name="IsReadOnly">Whether nothing is added to it.</param>
internal sealed record CacheChoice(string? Path, bool IsReadOnly)
{
    private const string Variable = "SCALEMS_CACHE";

    /// <summary>Cake takes no option with an empty value, so a word turns off what the environment says; a folder of that name is <c>./none</c>.</summary>
    private const string Off = "none";

    /// <summary>What an endpoint wants to be shown.</summary>
    private string Token { get; init; } = string.Empty;

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
        var token = System.Environment.GetEnvironmentVariable(EndpointProtocol.TokenVariable) ?? string.Empty;
        if (path is not null && CacheOptions.IsAddress(path))
        {
            CheckAddress(option is null ? $"the environment variable {Variable}" : "option '--cache'", path, token, faults);
        }
        else if (isReadOnly && string.IsNullOrEmpty(path))
        {
            faults.Add(UsageFaults.ReadOnlyWithoutCache());
        }

        return string.IsNullOrEmpty(path) ? None : new CacheChoice(path, isReadOnly) { Token = token };
    }

    private static void CheckAddress(string origin, string address, string token, List<Fault> faults)
    {
        if (!Uri.TryCreate(address, UriKind.Absolute, out var uri) || uri.Scheme is not ("http" or "https") || (uri.UserInfo + uri.Query + uri.Fragment).Length > 0)
        {
            faults.Add(UsageFaults.NoCacheAddress(origin, uri?.UserInfo.Length > 0 ? $"{uri.Scheme}://…@{uri.Host}" : address));
        }
        else if (token.Length == 0)
        {
            faults.Add(UsageFaults.NoCacheToken(origin, address));
        }
    }

    /// <summary>Puts the cache behind a store.</summary>
    public IFileStore Behind(FileStore store, string workspace, Action<string> notice) => Path is null ? store : new CachedFileStore(
        store, OptionsIn(workspace), notice);

    /// <summary>Puts the cache behind a store that is only read.</summary>
    public IFileStore Behind(ReadingStore store, string workspace, Action<string> notice) => Path is null ? store : new CachedReadingStore(store, OptionsIn(workspace), notice);

    private CacheOptions OptionsIn(string workspace) => new()
    {
        Place = CacheOptions.IsAddress(Path!) ? Path! : System.IO.Path.GetFullPath(Path!, workspace),
        Token = Token,
        IsReadOnly = IsReadOnly,
        SharesImported = SharesImported,
        TakesImported = TakesImported,
    };
}
