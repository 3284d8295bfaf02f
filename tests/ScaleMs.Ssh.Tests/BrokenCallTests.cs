using System.Globalization;
using ScaleMs.Core.Ports;
using ScaleMs.Launchers.Remote;
using ScaleMs.Launchers.Ssh;

namespace ScaleMs.Ssh.Tests;

/// <summary>Conversations that end before the host has heard what it was told.</summary>
public sealed class BrokenCallTests(SshServers servers) : SshTestBase(servers)
{
    private static readonly TimeSpan Long = TimeSpan.FromSeconds(60);

    [Fact]
    public async Task Stop_ThatTheHostDidNotHear_IsToldAgain()
    {
        using var host = Servers.Add();
        var time = Space.OwnTime();
        var request = Space.Request([SshSpace.Shell("echo ready; sleep $1", time)]);
        using var stop = new CancellationTokenSource();
        var run = RunAsync(Launcher(true, host), request, stop.Token);
        await HearAsync("ready", run);
        var listener = ListenerOf(StarterOf(Path.GetDirectoryName(request.Directory)!));
        Processes.Signal("STOP", [listener]);
        await stop.CancelAsync();
        host.CutOff();
        Processes.Signal("KILL", [listener]);
        host.Start();
        Assert.Equal(LaunchEnd.Cancelled, (await run.WaitAsync(Long)).End);
        await Poll.UntilAsync(() => Processes.Running("sleep", time).Count == 0);
    }

    [Fact]
    public async Task Start_ThatDiedWithTheStarter_IsToldAgain()
    {
        using var host = Servers.Add();
        var launcher = Launcher(false, host);
        var (noted, go) = (Path.Combine(Space.Root, "noted"), Path.Combine(Space.Root, "go"));
        var first = RunAsync(launcher, Space.Request([SshSpace.Shell("echo ready; until [ -e \"$1\" ]; do sleep 0.05; done; echo noted; until [ -e \"$2\" ]; do sleep 0.05; done", noted, go)]));
        await HearAsync("ready", first);
        var starter = StarterOf(Assert.Single(Directory.GetDirectories(Path.Combine(host.Home, ".cache/scalems/attempts"))));
        Processes.Signal("STOP", [starter]);
        var request = Space.Request("true");
        var second = RunAsync(launcher, request);
        await Poll.UntilAsync(() => File.Exists(Path.Combine(Path.GetDirectoryName(request.Directory)!, "submitted.json")));
        await File.WriteAllTextAsync(noted, string.Empty);
        await HearAsync("noted", second);
        Processes.Signal("KILL", [starter]);
        var end = await second.WaitAsync(Long);
        await File.WriteAllTextAsync(go, string.Empty);
        Assert.Equal((LaunchEnd.Exited, 0, ""), (end.End, end.ExitCode, end.Message));
        Assert.Equal(LaunchEnd.Exited, (await first).End);
    }

    [Fact]
    public async Task Starter_ThatIsDead_IsNoticedBeforeTheHostIsLate()
    {
        using var host = Servers.Add();
        var launcher = Launcher(true, Usual with { Answer = TimeSpan.FromMinutes(10) }, host);
        var go = Path.Combine(Space.Root, "go");
        var request = Space.Request([SshSpace.Shell("echo ready; until [ -e \"$1\" ]; do sleep 0.05; done", go)]);
        var first = RunAsync(launcher, request);
        await HearAsync("ready", first);
        Processes.Signal("KILL", [StarterOf(Path.GetDirectoryName(request.Directory)!)]);
        var second = await RunAsync(launcher, Space.Request("true")).WaitAsync(Long);
        await File.WriteAllTextAsync(go, string.Empty);
        Assert.Equal((LaunchEnd.Exited, LaunchEnd.Exited), (second.End, (await first.WaitAsync(Long)).End));
    }

    [Fact]
    public async Task Send_ThatTheHostDidNotHear_IsMadeInAnotherWay()
    {
        using var host = Servers.Add();
        var launcher = Launcher(false, host);
        var go = Path.Combine(Space.Root, "go");
        var first = RunAsync(launcher, Space.Request([SshSpace.Shell("echo ready; until [ -e \"$1\" ]; do sleep 0.05; done", go)]));
        await HearAsync("ready", first);
        var listener = ListenerOf(StarterOf(Assert.Single(Directory.GetDirectories(Path.Combine(host.Home, ".cache/scalems/attempts")))));
        Processes.Signal("STOP", [listener]);
        var request = Space.Request("cat in.txt", "in.txt");
        await File.WriteAllTextAsync(PathOf(request, "in.txt"), "sent\n");
        var second = RunAsync(launcher, request);
        await Poll.UntilAsync(() => File.Exists(Path.Combine(Path.GetDirectoryName(request.Directory)!, AttemptFiles.Submitted)));
        host.CutOff();
        Processes.Signal("KILL", [listener]);
        host.Start();
        var end = await second.WaitAsync(Long);
        await File.WriteAllTextAsync(go, string.Empty);
        Assert.Equal((LaunchEnd.Exited, 0, ""), (end.End, end.ExitCode, end.Message));
        Assert.Contains("sent", Space.Lines);
        Assert.Equal(LaunchEnd.Exited, (await first.WaitAsync(Long)).End);
    }

    /// <summary>The host goes on with a call that it heard before its connection broke: nobody else sends meanwhile, or inputs would be written anew under the commands.</summary>
    [Fact]
    public async Task Send_ThatTheHostIsAtWhenTheConnectionBreaks_IsNotMadeAgain()
    {
        using var host = Servers.Add();
        var (site, late) = (Servers.Site(false, 2, host), Path.Combine(Space.Root, "late"));
        var launcher = Launcher(site, Usual with { Dead = Long }, host => new SlowSend(new ShippedStaging(site, host.Shell, () => host.Scratch, host.RoomAsync, host.DropAsync), late));
        var request = Space.Request([SshSpace.Shell("echo more >> in.txt; echo run >> \"$1\"", Path.Combine(Space.Root, "count"))], "in.txt");
        await File.WriteAllTextAsync(PathOf(request, "in.txt"), "sent\n");
        var slow = RunAsync(launcher, request);
        await Poll.UntilAsync(() => File.Exists(late + ".reached"));
        host.CutOff();
        host.Start();
        Assert.Equal(LaunchEnd.Exited, (await RunAsync(launcher, Space.Request("true")).WaitAsync(Long)).End); // so it was looked at what was under way
        await File.WriteAllTextAsync(late, string.Empty);
        var end = await slow.WaitAsync(Long);
        Assert.Equal((LaunchEnd.Exited, 0, ""), (end.End, end.ExitCode, end.Message));
        Assert.Equal(("sent\nmore\n", "run\n"), (await File.ReadAllTextAsync(PathOf(request, "in.txt")), await File.ReadAllTextAsync(Path.Combine(Space.Root, "count"))));
    }

    [Fact]
    public async Task Send_ThatFailsThere_IsMadeInAnotherWay()
    {
        using var host = Servers.Add();
        var site = Servers.Site(false, 1, host);
        var launcher = Launcher(site, Usual, host => new FailingSend(new ShippedStaging(site, host.Shell, () => host.Scratch, host.RoomAsync, host.DropAsync)));
        var request = Space.Request("cat in.txt; echo made > out.txt", "out.txt");
        await File.WriteAllTextAsync(PathOf(request, "in.txt"), "sent\n");
        var end = await RunAsync(launcher, request).WaitAsync(Long);
        Assert.Equal((LaunchEnd.Exited, 0, ""), (end.End, end.ExitCode, end.Message));
        Assert.Equal(("made\n", "sent"), (await File.ReadAllTextAsync(PathOf(request, "out.txt")), Assert.Single(Space.Lines)));
    }

    [Fact]
    public async Task Attempt_ThatCannotBeClaimed_LeavesNoOrder()
    {
        var site = Servers.Site(true, 1, Servers.A);
        var request = Space.Request("true");
        var rarely = Usual with { Poll = TimeSpan.FromMinutes(1) }; // whoever looked at this claim would read without end
        var result = await RunAsync(Launcher(site, rarely, _ => new FullClaim(new SharedStaging(site, TimeSpan.Zero) { OpensClaims = true })), request).WaitAsync(Long);
        Assert.Equal(LaunchEnd.NeverStarted, result.End);
        Assert.Contains("cannot be claimed", result.Message, StringComparison.Ordinal);
        Assert.False(File.Exists(Path.Combine(Path.GetDirectoryName(request.Directory)!, AttemptFiles.Order)));
    }

    [Fact]
    public async Task Shipment_OfManyNames_IsTooLongForTheConversation()
    {
        var shipment = new Shipment("attempts/some", [.. Enumerable.Range(0, 5000).Select(i => new ShippedEntry.Folder(string.Create(CultureInfo.InvariantCulture, $"files/{i}")))]);
        Assert.Null(await SmallShipment.ShellOfAsync("/scratch", shipment, CancellationToken.None));
    }

    private static int StarterOf(string root) => Processes.ParentOf(int.Parse(File.ReadAllText(Path.Combine(root, "claim/pid")), CultureInfo.InvariantCulture));

    /// <summary>Who hears the calls is beside the starter.</summary>
    private static int ListenerOf(int starter) => Assert.Single(Processes.Beside(starter));

    /// <summary>The host takes its time with the call before it opens the claim; whoever sends in another way waits until the commands have ended.</summary>
    private sealed class SlowSend(IAttemptStaging staging, string late) : IAttemptStaging
    {
        private int _sent;

        public async Task<AttemptPlace> SendAsync(LaunchRequest request, CancellationToken cancellation)
        {
            var place = await staging.SendAsync(request, cancellation);
            return Interlocked.Increment(ref _sent) > 1 ? place : place with { Unsent = new UnsentAttempt(Slow(place.Unsent!.Shell), OtherAsync) };

            async Task OtherAsync(CancellationToken cancellation)
            {
                await File.WriteAllTextAsync(late, string.Empty, cancellation);
                await Poll.UntilAsync(() => File.Exists(Path.Combine(Path.GetDirectoryName(late)!, "count")));
                await place.Unsent!.SendAsync(cancellation);
            }
        }

        public Task BringBackAsync(LaunchRequest request, AttemptPlace place, AttemptResult result, CancellationToken cancellation) => staging.BringBackAsync(request, place, result, cancellation);

        public Task RemoveAsync(AttemptPlace place, CancellationToken cancellation) => staging.RemoveAsync(place, cancellation);

        private string Slow(string shell)
        {
            var open = shell.LastIndexOf(" && ", StringComparison.Ordinal);
            var word = ShellWord.Of(late);
            return $"{shell[..open]} && : > {word}.reached && until [ -e {word} ]; do sleep 0.05; done{shell[open..]}";
        }
    }

    /// <summary>What makes an attempt there with its start does not.</summary>
    private sealed class FailingSend(IAttemptStaging staging) : IAttemptStaging
    {
        public async Task<AttemptPlace> SendAsync(LaunchRequest request, CancellationToken cancellation)
        {
            var place = await staging.SendAsync(request, cancellation);
            return place with { Unsent = place.Unsent! with { Shell = "false" } };
        }

        public Task BringBackAsync(LaunchRequest request, AttemptPlace place, AttemptResult result, CancellationToken cancellation) => staging.BringBackAsync(request, place, result, cancellation);

        public Task RemoveAsync(AttemptPlace place, CancellationToken cancellation) => staging.RemoveAsync(place, cancellation);
    }

    /// <summary>A disk that has a name for the claim, and no room for what is in it.</summary>
    private sealed class FullClaim(IAttemptStaging staging) : IAttemptStaging
    {
        public async Task<AttemptPlace> SendAsync(LaunchRequest request, CancellationToken cancellation)
        {
            var place = await staging.SendAsync(request, cancellation);
            File.CreateSymbolicLink(place.Here("claim/pid"), "/dev/full");
            return place;
        }

        public Task BringBackAsync(LaunchRequest request, AttemptPlace place, AttemptResult result, CancellationToken cancellation) => staging.BringBackAsync(request, place, result, cancellation);

        public Task RemoveAsync(AttemptPlace place, CancellationToken cancellation) => staging.RemoveAsync(place, cancellation);
    }
}
