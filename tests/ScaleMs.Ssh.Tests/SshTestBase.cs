using ScaleMs.Core.Ports;
using ScaleMs.Launchers.Ssh;

namespace ScaleMs.Ssh.Tests;

/// <summary>What tests on real servers share.</summary>
public abstract class SshTestBase : IDisposable
{
    private readonly Lock _lock = new();
    private readonly List<string> _told = [];

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

    /// <summary>Waits that fit a test: a lost host is given up after a second.</summary>
    internal static SshTiming Hasty { get; } = new()
    {
        Poll = TimeSpan.FromMilliseconds(100),
        Answer = TimeSpan.FromSeconds(20),
        Lost = TimeSpan.FromSeconds(1),
        GiveUp = TimeSpan.FromSeconds(3),
        Dead = TimeSpan.FromSeconds(2),
        FirstPause = TimeSpan.FromMilliseconds(50),
        LongestPause = TimeSpan.FromMilliseconds(400),
    };

    public void Dispose()
    {
        Space.Dispose();
        GC.SuppressFinalize(this);
    }

    internal SshLauncher Launcher(bool isShared, params SshHostServer[] hosts) => Launcher(isShared, Hasty, hosts);

    internal SshLauncher Launcher(bool isShared, SshTiming timing, params SshHostServer[] hosts) => new(Servers.Site(isShared, 2, hosts), Hear, timing, null);

    protected Task<LaunchResult> RunAsync(SshLauncher launcher, LaunchRequest request, CancellationToken cancellation = default) => launcher.RunAsync(request, Space.Hear, cancellation);

    protected static string PathOf(LaunchRequest request, string file) => Path.Combine(request.Directory, file);

    private void Hear(string message)
    {
        lock (_lock)
        {
            _told.Add(message);
        }
    }
}
