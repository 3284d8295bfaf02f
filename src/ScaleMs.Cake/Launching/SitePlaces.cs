using ScaleMs.Core.Model;
using ScaleMs.Core.Ports;
using ScaleMs.Engine.Places;
using ScaleMs.Launchers.Remote;
using ScaleMs.Launchers.Sites;
using ScaleMs.Launchers.Slurm;
using ScaleMs.Launchers.Ssh;

namespace ScaleMs;

/// <summary>The sites of a run as places of the engine. Nothing is reached before a step wants it; what is held open ends with the run.</summary>
internal sealed class SitePlaces : IDisposable
{
    private readonly List<object> _opened = [];
    private readonly string _workDirectory;
    private readonly Action<string> _tell;

    /// <param name="sites">The sites.</param>
    /// <param name="workDirectory">The directory that holds all attempts' directories, absolute.</param>
    /// <param name="tell">Takes what goes wrong there and mends itself, a sentence each.</param>
    public SitePlaces(SiteProfiles sites, string workDirectory, Action<string> tell)
    {
        (_workDirectory, _tell) = (workDirectory, tell);
        All = [.. sites.All.Where(site => site.Name != Place.Here).Select(PlaceOf)];
    }

    /// <summary>All but this machine.</summary>
    public IReadOnlyList<Place> All { get; }

    public void Dispose()
    {
        foreach (var opened in _opened)
        {
            if (opened is IAsyncDisposable asynchronous)
            {
                asynchronous.DisposeAsync().AsTask().GetAwaiter().GetResult();
            }
            else
            {
                (opened as IDisposable)?.Dispose();
            }
        }
    }

    private Place PlaceOf(SiteProfile site)
    {
        var parts = new Lazy<(ILauncher Launcher, ISite Site)>(() => Open(site));
        return new Place
        {
            Name = site.Name,
            Launcher = new LazyLauncher(site.Name, () => parts.Value.Launcher),
            Site = new LazySite(() => parts.Value.Site),
            MostAttempts = site.Limits.Jobs,
            Most = new Resources(site.Limits.Cpus, site.Limits.MemoryBytes, site.Limits.Gpus ?? 0, site.Limits.Time),
            Tokens = site.Tokens,
            Refuses = asked => SiteRefusals.Of(asked, site) is { Count: > 0 } reasons ? string.Join(", and it ", reasons) : null,
        };
    }

    private (ILauncher Launcher, ISite Site) Open(SiteProfile site)
    {
        var (launcher, facts) = SiteLaunchers.Of(site, _workDirectory, _tell);
        _opened.AddRange([launcher, facts]);
        return (launcher, facts);
    }
}
