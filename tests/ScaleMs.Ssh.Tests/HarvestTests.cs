using ScaleMs.Core.Ports;
using ScaleMs.Launchers.Remote;
using ScaleMs.Launchers.Sites;
using ScaleMs.Launchers.Ssh;

namespace ScaleMs.Ssh.Tests;

/// <summary>A run that is cancelled while outputs of attempts that had ended are brought back.</summary>
public sealed class HarvestTests(SshServers servers) : SshTestBase(servers)
{
    private SiteProfile Site => Servers.Site(isShared: false, 2, Servers.A);

    [Fact]
    public async Task Cancel_WhileOutputsComeBack_LeavesTimeForThem()
    {
        using var cancel = new CancellationTokenSource();
        var request = Space.Request("echo made > out.txt", "out.txt");
        var result = await RunAsync(Interrupted(Usual, _ => cancel.CancelAsync()), request, cancel.Token);
        Assert.Equal((LaunchEnd.Exited, 0, false), (result.End, result.ExitCode, result.IsLeft));
        Assert.Equal("made\n", await File.ReadAllTextAsync(PathOf(request, "out.txt")));
    }

    [Fact]
    public async Task Cancel_WhileOutputsComeBackForTooLong_LeavesThemToTheNextClient()
    {
        using var cancel = new CancellationTokenSource();
        var request = Space.Request([SshSpace.Shell("echo run >> \"$1/count\"; echo made > out.txt", Space.Root)], "out.txt");
        var interrupted = Interrupted(Usual with { Harvest = TimeSpan.FromMilliseconds(10) }, async over =>
        {
            await cancel.CancelAsync();
            await Task.Delay(Timeout.Infinite, over);
        });
        var result = await RunAsync(interrupted, request, cancel.Token);
        Assert.Equal((LaunchEnd.Cancelled, true), (result.End, result.IsLeft));
        Assert.Contains("the next run brings back what it left", result.Message, StringComparison.Ordinal);
        var next = Launcher(Site, Usual);
        Assert.True(next.CanTakeOver(Path.GetDirectoryName(request.Directory)!));
        Assert.Equal(LaunchEnd.Exited, (await RunAsync(next, request with { IsTakenOver = true })).End);
        Assert.Equal("made\n", await File.ReadAllTextAsync(PathOf(request, "out.txt")));
        Assert.Equal("run\n", await File.ReadAllTextAsync(Path.Combine(Space.Root, "count")));
    }

    private SshLauncher Interrupted(SshTiming timing, Func<CancellationToken, Task> bringing)
    {
        var site = Site;
        return Launcher(site, timing, host => new InterruptedStaging(new ShippedStaging(site, host.Shell, () => host.Scratch), bringing));
    }

    private sealed class InterruptedStaging(IAttemptStaging staging, Func<CancellationToken, Task> bringing) : IAttemptStaging
    {
        public Task<AttemptPlace> SendAsync(LaunchRequest request, CancellationToken cancellation) => staging.SendAsync(request, cancellation);

        public async Task BringBackAsync(LaunchRequest request, AttemptPlace place, AttemptResult result, CancellationToken cancellation)
        {
            await bringing(cancellation);
            await staging.BringBackAsync(request, place, result, cancellation);
        }

        public Task RemoveAsync(AttemptPlace place, CancellationToken cancellation) => staging.RemoveAsync(place, cancellation);
    }
}
