using ScaleMs.Launchers.Remote;

namespace ScaleMs.Launchers.Sites;

/// <summary>The variables that a step gets at a site after its modules and lines: what the local launcher gives where <c>sites.yaml</c> refines <c>local</c>.</summary>
internal static class SiteEnvironment
{
    /// <summary>Whether a profile changes anything.</summary>
    public static bool IsChangedBy(SiteProfile site) => site.Modules.Count + site.Before.Count + site.Environment.Count + site.Pass.Count > 0;

    /// <summary>Asks a site's shell.</summary>
    /// <param name="site">Modules, lines and variables.</param>
    /// <param name="shell">The shell.</param>
    /// <param name="limit">How long they may take.</param>
    /// <returns>The variables, or why there are none: the end of a sentence that begins with the site.</returns>
    public static async Task<(IReadOnlyDictionary<string, string> Variables, string? Problem)> OfAsync(SiteProfile site, ISiteShell shell, TimeSpan limit)
    {
        var answer = await new SiteProbe(site, shell, limit).RunAsync(new SiteScript(site).Variables(), limit).ConfigureAwait(false);
        var variables = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var pair in (answer["variables"] ?? string.Empty).Split('\0', StringSplitOptions.RemoveEmptyEntries))
        {
            var equals = pair.IndexOf('=', StringComparison.Ordinal);
            variables[pair[..Math.Max(0, equals)]] = pair[(equals + 1)..];
        }

        return (variables, answer.Problem);
    }
}
