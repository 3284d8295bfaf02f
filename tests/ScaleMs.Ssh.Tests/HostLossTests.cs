using ScaleMs.Core.Ports;

namespace ScaleMs.Ssh.Tests;

/// <summary>Hosts and connections that go away while attempts run.</summary>
public sealed class HostLossTests(SshServers servers) : SshTestBase(servers)
{
    /// <summary>For hosts that do not come back: nothing that is to succeed depends on them.</summary>
    private static readonly Launchers.Ssh.SshTiming Soon = Usual with { Lost = TimeSpan.FromSeconds(1), GiveUp = TimeSpan.FromSeconds(3) };

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Host_ThatDies_LosesItsAttemptsAndIsToldOnce(bool isShared)
    {
        using var host = Servers.Add();
        var launcher = Launcher(isShared, Soon, host);
        var run = RunAsync(launcher, Space.Request("echo ready; sleep 600"));
        await HearAsync("ready", run);
        host.Die();
        var result = await run;
        Assert.Equal(LaunchEnd.NodeLost, result.End);
        Assert.Contains(host.Alias, result.Message, StringComparison.Ordinal);
        Assert.StartsWith($"host '{host.Alias}' cannot be used: the connection was refused", Assert.Single(Told), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Host_ThatIsGone_IsLeftOutAndOthersTakeItsSteps()
    {
        using var host = Servers.Add();
        var launcher = Launcher(true, Soon, host, Servers.A);
        await RunAsync(launcher, Space.Request("true"));
        host.Die();
        var results = await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => RunAgainAsync(launcher)));
        Assert.All(results, result => Assert.Equal((LaunchEnd.Exited, 0), (result.End, result.ExitCode)));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Connection_ThatIsCutAndComesBack_LosesNothing(bool isShared)
    {
        using var host = Servers.Add();
        var (count, go) = (Path.Combine(Space.Root, "count"), Path.Combine(Space.Root, "go"));
        var request = Space.Request([SshSpace.Shell("echo run >> \"$1\"; echo ready; until [ -e \"$2\" ]; do sleep 0.05; done; echo made > out.txt", count, go)], "out.txt");
        var run = RunAsync(Launcher(isShared, host), request);
        await HearAsync("ready", run);
        host.CutOff();
        await Poll.UntilAsync(() => Told.Count == 1);
        await File.WriteAllTextAsync(go, string.Empty);
        host.Start();
        var result = await run;
        Assert.Equal((LaunchEnd.Exited, 0, ""), (result.End, result.ExitCode, result.Message));
        Assert.Equal("run\n", await File.ReadAllTextAsync(count));
        Assert.Equal("made\n", await File.ReadAllTextAsync(PathOf(request, "out.txt")));
        await Poll.UntilAsync(() => Told.Count == 2);
        Assert.Equal($"host '{host.Alias}' of site 'farm' can be used again", Told[1]);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Host_ThatStandsStill_LosesItsAttemptsAndEndsThemWhenItIsBack(bool isShared)
    {
        using var host = Servers.Add();
        var clock = new SkippingClock();
        var launcher = Launcher(isShared, clock, host);
        var time = Space.OwnTime();
        var run = RunAsync(launcher, Space.Request([SshSpace.Shell("echo ready; sleep $1", time)]));
        await HearAsync("ready", run);
        host.Freeze();
        Assert.Equal(LaunchEnd.NodeLost, (await clock.HastenAsync(run)).End);
        Assert.Contains("does not answer", Assert.Single(Told), StringComparison.Ordinal);
        host.Thaw();
        Assert.Equal(LaunchEnd.Exited, (await RunAgainAsync(launcher)).End);
        await Poll.UntilAsync(() => Processes.Running("sleep", time).Count == 0);
        await Poll.UntilAsync(() => AttemptsOn(host).Count == 0);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Wrapper_ThatIsKilled_EndsAsALostNode(bool isShared)
    {
        using var host = Servers.Add();
        var time = Space.OwnTime();
        var clock = new SkippingClock();
        var request = Space.Request([SshSpace.Shell("echo ready; sleep $1", time)]);
        var run = RunAsync(Launcher(isShared, clock, host), request);
        await HearAsync("ready", run);
        var root = isShared ? Path.GetDirectoryName(request.Directory)! : Assert.Single(AttemptsOn(host));
        Processes.Signal("KILL", Processes.WithDescendants([WrapperOf(root)]).Where(id => Processes.CommandOf(id).Contains("wrapper-", StringComparison.Ordinal)));
        Assert.Equal(LaunchEnd.NodeLost, (await clock.HastenAsync(run)).End);
        await Poll.UntilAsync(() => Processes.Running("sleep", time).Count == 0);
        await Poll.UntilAsync(() => AttemptsOn(host).Count == 0);
        await Poll.UntilAsync(() => !File.Exists(Path.Combine(root, "order.sh")));
    }

    /// <summary>Without its watch nobody ends it at its time.</summary>
    [Fact]
    public async Task Watch_ThatNobodyToldToBegin_IsBegunByTheClient()
    {
        using var host = Servers.Add();
        var request = Space.Request([SshSpace.Shell("echo ready; sleep $1", Space.OwnTime())]) with { TimeLimit = TimeSpan.FromSeconds(2) };
        var run = RunAsync(Launcher(true, Usual with { Quiet = TimeSpan.FromSeconds(2) }, host), request);
        var claim = Path.Combine(Path.GetDirectoryName(request.Directory)!, "claim/leader");
        await Poll.UntilAsync(() => File.Exists(claim) && new FileInfo(claim).Length > 0);
        var wrapper = WrapperOf(Path.GetDirectoryName(request.Directory)!);
        Processes.Signal("KILL", Processes.Beside(wrapper)); // what is to tell it after a second
        Assert.Equal(LaunchEnd.TimedOut, (await run.WaitAsync(TimeSpan.FromSeconds(60))).End);
    }

    [Fact]
    public async Task Starter_ThatIsKilled_LosesNothing()
    {
        using var host = Servers.Add();
        var launcher = Launcher(true, host);
        var (count, go) = (Path.Combine(Space.Root, "count"), Path.Combine(Space.Root, "go"));
        var request = Space.Request([SshSpace.Shell("echo run >> \"$1\"; echo ready; until [ -e \"$2\" ]; do sleep 0.05; done", count, go)]);
        var run = RunAsync(launcher, request);
        await HearAsync("ready", run);
        Processes.Signal("KILL", [Processes.ParentOf(WrapperOf(Path.GetDirectoryName(request.Directory)!))]);
        var other = await RunAgainAsync(launcher);
        await File.WriteAllTextAsync(go, string.Empty);
        Assert.Equal((LaunchEnd.Exited, LaunchEnd.Exited), (other.End, (await run).End));
        Assert.Equal("run\n", await File.ReadAllTextAsync(count));
    }

    [Fact]
    public async Task Hosts_ThatAreAllGone_EndAttemptsForGoodAfterAWhile()
    {
        using var host = Servers.Add();
        host.Die();
        var result = await RunAsync(Launcher(true, Soon, host), Space.Request("true"));
        Assert.Equal((LaunchEnd.NotStarted, true), (result.End, result.IsLasting));
        Assert.StartsWith($"no host of site 'farm' can be used: host '{host.Alias}' cannot be used: the connection was refused; is the ssh server running there, and is it this port?", result.Message, StringComparison.Ordinal);
    }

    /// <summary>The roots of shipped attempts.</summary>
    private static IReadOnlyList<string> AttemptsOn(SshHostServer host) =>
        Path.Combine(host.Home, ".cache/scalems/attempts") is var folder && Directory.Exists(folder) ? [.. Directory.GetDirectories(folder).Where(path => Path.GetFileName(path) != ".ended")] : [];

    private static int WrapperOf(string root) =>
        int.Parse(File.ReadAllText(Path.Combine(root, "claim/pid")), System.Globalization.CultureInfo.InvariantCulture);

    /// <summary>As the engine does: an attempt that a node lost is made again.</summary>
    private async Task<LaunchResult> RunAgainAsync(Launchers.Ssh.SshLauncher launcher)
    {
        for (var tries = 0; ; tries++)
        {
            var result = await RunAsync(launcher, Space.Request("true"));
            if (result is { End: LaunchEnd.Exited } or { IsLasting: true } || tries == 20)
            {
                return result;
            }
        }
    }
}
