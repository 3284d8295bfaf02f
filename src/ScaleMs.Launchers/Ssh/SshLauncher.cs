using ScaleMs.Core.Ports;
using ScaleMs.Launchers.Remote;
using ScaleMs.Launchers.Sites;

namespace ScaleMs.Launchers.Ssh;

/// <summary>Runs attempts on hosts that the system's OpenSSH client reaches; nothing is installed there.</summary>
/// <remarks>
/// Thread-safe. What runs there does not end with this process: a later one takes it over. A host that cannot be reached is told once and tried again;
/// what ran there and stays unseen for a minute ends as <see cref="LaunchEnd.NodeLost"/>. An attempt that waits for slots costs memory only.
/// </remarks>
public sealed class SshLauncher : ILauncher, IAsyncDisposable
{
    private static readonly TimeSpan FileDelay = TimeSpan.FromSeconds(30);

    /// <summary>The launcher's name.</summary>
    internal const string Kind = "ssh";

    private readonly SiteProfile _site;
    private readonly TimeSpan _harvest;
    private readonly HostPool _pool;
    private readonly Func<RemoteHost, IAttemptStaging> _stagingOf;

    /// <summary>A launcher for the hosts of a site.</summary>
    /// <param name="site">The site; <see cref="SiteProfile.Ssh"/> names its hosts.</param>
    /// <param name="tell">Takes what users should know of hosts that go and come, from any thread; null for nobody.</param>
    public SshLauncher(SiteProfile site, Action<string>? tell = null)
        : this(site, tell, new SshTiming(), null)
    {
    }

    internal SshLauncher(SiteProfile site, Action<string>? tell, SshTiming timing, Func<RemoteHost, IAttemptStaging>? stagingOf, TimeProvider? clock = null)
    {
        (_site, _harvest) = (site, timing.Harvest);
        _pool = new HostPool(site, timing, clock ?? TimeProvider.System, tell ?? (_ => { }));
        var stagings = new System.Runtime.CompilerServices.ConditionalWeakTable<RemoteHost, IAttemptStaging>();
        _stagingOf = host => stagings.GetValue(host, stagingOf is null ? StagingOf : host => stagingOf(host));
    }

    /// <inheritdoc/>
    public string Name => Kind;

    /// <inheritdoc/>
    public async Task<LaunchResult> RunAsync(LaunchRequest request, Action<string>? onLine, CancellationToken cancellation)
    {
        try
        {
            return request.IsTakenOver ? await TakeOverAsync(request, onLine, cancellation).ConfigureAwait(false)
                : Refusal(request) is { } refusal ? refusal
                : await PlaceAsync(request, onLine, cancellation).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
            return new LaunchResult { End = LaunchEnd.Cancelled };
        }
        catch (SiteException trouble) when (trouble.IsLasting)
        {
            return new LaunchResult { End = LaunchEnd.NotStarted, IsLasting = true, Message = trouble.Message };
        }
        catch (SiteException trouble)
        {
            return new LaunchResult { End = LaunchEnd.NeverStarted, Message = trouble.Message };
        }
    }

    /// <inheritdoc/>
    /// <remarks>Nothing is left on this machine: what runs elsewhere is taken over.</remarks>
    public int Reap(string workDirectory) => 0;

    /// <inheritdoc/>
    public bool CanTakeOver(string directory) => SentTo(directory) is not null;

    /// <inheritdoc/>
    /// <remarks>Ends the conversations with the hosts; what runs there goes on.</remarks>
    public async ValueTask DisposeAsync()
    {
        foreach (var host in _pool.Hosts)
        {
            await host.DisposeAsync().ConfigureAwait(false);
        }
    }

    private IAttemptStaging StagingOf(RemoteHost host) => _site.IsShared ? new SharedStaging(_site, FileDelay) { OpensClaims = true } : new ShippedStaging(_site, host.Shell, () => host.Scratch, host.RoomAsync, host.DropAsync);

    private LaunchResult? Refusal(LaunchRequest request)
    {
        var message = _pool.Hosts.Count == 0 ? $"site '{_site.Name}' has no hosts; name them in sites.yaml under ssh, or with --hosts"
            : request.Granted.Cpus > _pool.MostSlots ? FormattableString.Invariant($"step '{request.Step}' asks for {request.Granted.Cpus} cores, and no host of site '{_site.Name}' has more than {_pool.MostSlots} slots; ask for less, or correct the slots of its hosts")
            : null;
        return message is null ? null : new LaunchResult { End = LaunchEnd.NotStarted, IsLasting = true, Message = message };
    }

    /// <summary>Tries host after host until one takes the attempt.</summary>
    private async Task<LaunchResult> PlaceAsync(LaunchRequest request, Action<string>? onLine, CancellationToken cancellation)
    {
        var tried = new HashSet<int>();
        while (true)
        {
            using var lease = await _pool.AcquireAsync(Math.Max(1, request.Granted.Cpus), tried, cancellation).ConfigureAwait(false);
            try
            {
                return await new SshAttempt(request, onLine, _site, lease.Host, _stagingOf(lease.Host), _harvest).RunAsync(cancellation).ConfigureAwait(false);
            }
            catch (SiteException) when (tried.Add(lease.Index) && _pool.HasOther(tried))
            {
                // It was not begun there; another host may take it.
            }
        }
    }

    private async Task<LaunchResult> TakeOverAsync(LaunchRequest request, Action<string>? onLine, CancellationToken cancellation)
    {
        var root = Path.GetDirectoryName(request.Directory)!;
        var (destination, there) = SentTo(root) ?? throw new SiteException($"there is no note in '{root}' of where it was sent");
        using var lease = _pool.Take(destination, Math.Max(1, request.Granted.Cpus))
            ?? throw new SiteException($"it was sent to host '{destination}', which site '{_site.Name}' does not name any more");
        return await new SshAttempt(request, onLine, _site, lease.Host, _stagingOf(lease.Host), _harvest).TakeOverAsync(there, cancellation).ConfigureAwait(false);
    }

    /// <summary>Where an attempt was sent, from the note in its root here; null where it was not, or to another site.</summary>
    private (string Destination, string Root)? SentTo(string root) =>
        Submission.Read(root) is { Launcher: Kind } sent && sent.Site == _site.Name && sent.Job.IndexOf(' ', StringComparison.Ordinal) is > 0 and var blank && sent.Job[(blank + 1)..] is ['/', _, ..] there
            ? (sent.Job[..blank], there)
            : null;
}
