using ScaleMs.Core.Faults;
using ScaleMs.Engine.Running;
using ScaleMs.Launchers.Remote;
using ScaleMs.Launchers.Sites;

namespace ScaleMs;

/// <summary>What <c>sites.yaml</c> says of <c>local</c> — modules, lines, variables — as the environment that steps on this machine get.</summary>
internal static class LocalVariables
{
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(2);

    /// <summary>Puts what a profile leads to into the engine's environment. A shell is asked only where the profile changes anything.</summary>
    /// <param name="ports">The engine's ports, with the environment of this process.</param>
    /// <param name="site">The profile of this machine.</param>
    /// <exception cref="FaultException">Its modules or lines failed.</exception>
    public static EnginePorts In(EnginePorts ports, SiteProfile site)
    {
        if (!SiteEnvironment.IsChangedBy(site))
        {
            return ports;
        }

        var (changed, problem) = SiteEnvironment.OfAsync(site, new LocalShell(), Limit).GetAwaiter().GetResult();
        if (problem is not null)
        {
            throw new FaultException(UsageFaults.LocalSite(problem, site.DeclaredAt));
        }

        var variables = new Dictionary<string, string>(ports.Environment, StringComparer.Ordinal);
        foreach (var (name, value) in changed)
        {
            variables[name] = value;
        }

        return ports with { Environment = variables, PassedVariables = [.. site.Pass, .. site.Environment.Keys] };
    }
}
