using ScaleMs.Core.Ports;
using ScaleMs.Launchers.Remote;
using ScaleMs.Launchers.Sites;
using ScaleMs.Launchers.Ssh;

namespace ScaleMs.Ssh.Tests;

/// <summary>What tests on real servers share.</summary>
public abstract class SshTestBase : IAsyncDisposable
{
    private readonly Lock _lock = new();
    private readonly List<string> _told = [];
    private readonly List<SshLauncher> _launchers = [];

    protected SshTestBase(SshServers servers)
    {
        Assert.SkipUnless(SshServers.Lack is null, SshServers.Lack ?? string.Empty);
        Servers = servers;
    }

    protected SshServers Servers { get; }

    protected SshSpace Space { get; } = new();

    /// <summary>What users were told of hosts.</summary>
    protected IReadOnlyList<string> Told
    {
        get
        {
            lock (_lock)
            {
                return [.. _told];
            }
        }
    }

    /// <summary>As for users, but for looks and new connections, which come sooner; a connection that hangs is made again while the test still waits.</summary>
    internal static SshTiming Usual { get; } = new()
    {
        Poll = TimeSpan.FromMilliseconds(100),
        Answer = TimeSpan.FromSeconds(20),
        FirstPause = TimeSpan.FromMilliseconds(50),
        LongestPause = TimeSpan.FromMilliseconds(400),
    };

    public async ValueTask DisposeAsync()
    {
        foreach (var launcher in _launchers)
        {
            await launcher.DisposeAsync();
        }

        Space.Dispose();
        GC.SuppressFinalize(this);
    }

    internal SshLauncher Launcher(bool isShared, params SshHostServer[] hosts) => Launcher(isShared, Usual, hosts);

    internal SshLauncher Launcher(bool isShared, TimeProvider clock, params SshHostServer[] hosts) => Launcher(Servers.Site(isShared, 2, hosts), Usual, clock: clock);

    internal SshLauncher Launcher(bool isShared, SshTiming timing, params SshHostServer[] hosts) => Launcher(Servers.Site(isShared, 2, hosts), timing);

    internal SshLauncher Launcher(SiteProfile site, SshTiming timing, Func<RemoteHost, IAttemptStaging>? stagingOf = null, TimeProvider? clock = null)
    {
        var launcher = new SshLauncher(site, Hear, timing, stagingOf, clock);
        _launchers.Add(launcher);
        return launcher;
    }

    protected Task<LaunchResult> RunAsync(SshLauncher launcher, LaunchRequest request, CancellationToken cancellation = default) => launcher.RunAsync(request, Space.Hear, cancellation);

    /// <summary>Waits until an attempt has said something; one that ends before tells how.</summary>
    protected async Task HearAsync(string line, Task<LaunchResult> run)
    {
        await Poll.UntilAsync(() => run.IsCompleted || Space.Lines.Contains(line));
        if (!Space.Lines.Contains(line))
        {
            Assert.Fail($"it ended before it said '{line}': {await run}; told: {string.Join("; ", Told)}");
        }
    }

    protected static string PathOf(LaunchRequest request, string file) => Path.Combine(request.Directory, file);

    private void Hear(string message)
    {
        lock (_lock)
        {
            _told.Add(message);
        }
    }
}
