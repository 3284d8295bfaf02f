using System.Diagnostics;
using ScaleMs.Core.Digests;
using ScaleMs.Core.Model;
using ScaleMs.Core.Ports;
using ScaleMs.Launchers.Ssh;

namespace ScaleMs.Ssh.Tests;

/// <summary>What a killed client began is found again by the next one.</summary>
public sealed class TakeOverTests(SshServers servers) : SshTestBase(servers)
{
    [Theory]
    [InlineData(true, false)]
    [InlineData(false, false)]
    [InlineData(true, true)]
    [InlineData(false, true)]
    public async Task Attempt_OfAKilledClient_IsAwaitedAndNotMadeAgain(bool isShared, bool endsBefore)
    {
        const string script = "echo run >> \"$1/count\"; until [ -e \"$1/go\" ]; do sleep 0.05; done; echo told; echo made > out.txt; : > \"$1/made\"";
        using (var client = Process.Start(EntryPoint.Path, ["--client", Space.Root, Servers.Configuration, Servers.A.Alias, isShared ? "shared" : "shipped", script]))
        {
            await Poll.UntilAsync(() => File.Exists(Path.Combine(Space.Root, "count")));
            client.Kill();
            await client.WaitForExitAsync();
        }

        if (endsBefore)
        {
            await GoAsync();
        }

        var launcher = Launcher(EntryPoint.Site(Servers.Configuration, Servers.A.Alias, isShared), Usual);
        var request = Space.RequestIn("taken", [SshSpace.Shell(script, Space.Root)], "out.txt") with { IsTakenOver = true };
        Assert.True(launcher.CanTakeOver(Path.Combine(Space.Root, "taken")));
        var run = RunAsync(launcher, request);
        if (!endsBefore)
        {
            await GoAsync();
        }

        var result = await run;
        Assert.Equal((LaunchEnd.Exited, 0, ""), (result.End, result.ExitCode, result.Message));
        Assert.Equal("run\n", await File.ReadAllTextAsync(Path.Combine(Space.Root, "count")));
        Assert.Equal("made\n", await File.ReadAllTextAsync(PathOf(request, "out.txt")));
        Assert.Equal(["told"], Space.Lines);

        async Task GoAsync()
        {
            await File.WriteAllTextAsync(Path.Combine(Space.Root, "go"), string.Empty);
            await Poll.UntilAsync(() => File.Exists(Path.Combine(Space.Root, "made")));
        }
    }

    /// <summary>With the note the client dies, before it sends or while the host is at that, which goes on; nobody runs what it sends when the next client has looked.</summary>
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Attempt_OfAClientKilledBetweenItsNoteAndTheStart_IsMadeOnce(bool isHeard)
    {
        var (count, late) = (Path.Combine(Space.Root, "count"), Path.Combine(Space.Root, "late"));
        const string script = "echo run >> \"$1/count\"; echo made > out.txt";
        using (var client = Process.Start(EntryPoint.Path, ["--dying", Space.Root, Servers.Configuration, Servers.A.Alias, isHeard ? "heard" : "unheard", script]))
        {
            if (isHeard)
            {
                await Poll.UntilAsync(() => File.Exists(late + ".reached"));
                client.Kill();
            }

            await client.WaitForExitAsync();
        }

        var launcher = Launcher(EntryPoint.Site(Servers.Configuration, Servers.A.Alias, isShared: false), Usual with { Dead = TimeSpan.FromMinutes(10) });
        var request = Space.RequestIn("taken", [SshSpace.Shell(script, Space.Root)], "out.txt");
        Assert.True(launcher.CanTakeOver(Path.Combine(Space.Root, "taken")));
        var result = await RunAsync(launcher, request with { IsTakenOver = true }).WaitAsync(TimeSpan.FromMinutes(1));
        Assert.Equal((LaunchEnd.NeverStarted, $"it was not sent to host '{Servers.A.Alias}'"), (result.End, result.Message));
        Assert.Equal(LaunchEnd.Exited, (await RunAsync(launcher, Space.RequestIn("again", request.Commands, "out.txt"))).End);
        if (isHeard)
        {
            await File.WriteAllTextAsync(late, string.Empty);
            await Poll.UntilAsync(() => File.Exists(late + ".status"));
            Assert.NotEqual("0\n", await File.ReadAllTextAsync(late + ".status"));
        }

        Assert.Equal("run\n", await File.ReadAllTextAsync(count));
    }

    [Fact]
    public async Task Attempt_WhoseEndIsHereAlready_NeedsNoHost()
    {
        using var host = Servers.Add();
        var request = Space.Request("echo made > out.txt", "out.txt");
        await RunAsync(Launcher(false, host), request);
        host.Die();
        var result = await RunAsync(Launcher(false, host), request with { IsTakenOver = true });
        Assert.Equal((LaunchEnd.Exited, 0, ""), (result.End, result.ExitCode, result.Message));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Attempt_OfWhichAKilledClientTookAnOutput_HasItAgainAsTheNodeLeftIt(bool isShared)
    {
        var request = Space.Request("mkdir tree; echo a > tree/a; echo b > tree/b; chmod +x tree/a tree/b", "tree/");
        await RunAsync(Launcher(isShared, Servers.A), request);
        var taken = Path.Combine(Space.Root, "taken");
        File.Move(PathOf(request, "tree/a"), taken);
        // Whoever takes a file makes it readable only, before it is moved.
        File.SetUnixFileMode(taken, UnixFileMode.UserRead);
        File.SetUnixFileMode(PathOf(request, "tree/b"), UnixFileMode.UserRead);
        var result = await RunAsync(Launcher(isShared, Servers.A), request with { IsTakenOver = true, FindTaken = digest => digest == Digest.OfText("a\n") ? taken : null });
        Assert.Equal((LaunchEnd.Exited, 0, ""), (result.End, result.ExitCode, result.Message));
        Assert.Equal(("a\n", "b\n"), (await File.ReadAllTextAsync(PathOf(request, "tree/a")), await File.ReadAllTextAsync(PathOf(request, "tree/b"))));
        Assert.All(new[] { "tree/a", "tree/b" }, file => Assert.True(File.GetUnixFileMode(PathOf(request, file)).HasFlag(UnixFileMode.UserExecute), file));
        Assert.Equal(["a", "b"], Directory.GetFiles(PathOf(request, "tree")).Select(Path.GetFileName).Order());
    }

    [Fact]
    public async Task Attempt_OfWhichAKilledClientTookAnOutputThatIsNowhere_IsNotTakenForWhole()
    {
        var request = Space.Request("mkdir tree; echo a > tree/a; echo b > tree/b", "tree");
        request = request with { Outputs = [new LaunchOutput(ArtifactPath.Parse("tree"), IsTree: true)] };
        await RunAsync(Launcher(false, Servers.A), request);
        File.Delete(PathOf(request, "tree/a"));
        var result = await RunAsync(Launcher(false, Servers.A), request with { IsTakenOver = true });
        Assert.Equal(LaunchEnd.NodeLost, result.End);
        Assert.Contains("the output 'tree/a' is not here as the node wrote it", result.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Attempt_CancelledWhileItsHostIsAway_IsEndedByTheNextRun(bool isShared)
    {
        using var host = Servers.Add();
        using var stop = new CancellationTokenSource();
        var (time, launcher) = (Space.OwnTime(), Launcher(isShared, host));
        var request = Space.Request([SshSpace.Shell("echo ready; sleep $1", time)]);
        var run = RunAsync(launcher, request, stop.Token);
        await HearAsync("ready", run);
        host.CutOff();
        await Poll.UntilAsync(() => Told.Count == 1);
        await stop.CancelAsync();
        var result = await run;
        Assert.Equal((LaunchEnd.Cancelled, true), (result.End, result.IsLeft));
        await launcher.DisposeAsync();
        host.Start();
        var next = Launcher(isShared, host);
        Assert.True(next.CanTakeOver(Path.GetDirectoryName(request.Directory)!));
        Assert.Equal(LaunchEnd.NodeLost, (await RunAsync(next, request with { IsTakenOver = true })).End);
        await Poll.UntilAsync(() => Processes.Running("sleep", time).Count == 0);
    }

    [Fact]
    public async Task Attempt_CancelledWhileItsHostIsAway_IsEndedByTheSameRunWhenTheHostIsBack()
    {
        using var host = Servers.Add();
        using var stop = new CancellationTokenSource();
        var (time, launcher) = (Space.OwnTime(), Launcher(false, host));
        var run = RunAsync(launcher, Space.Request([SshSpace.Shell("echo ready; sleep $1", time)]), stop.Token);
        await HearAsync("ready", run);
        host.CutOff();
        await Poll.UntilAsync(() => Told.Count == 1);
        await stop.CancelAsync();
        Assert.Equal(LaunchEnd.Cancelled, (await run).End);
        await Task.Delay(TimeSpan.FromSeconds(1), TestContext.Current.CancellationToken); // some tries to connect
        host.Start();
        await Poll.UntilAsync(() => Processes.Running("sleep", time).Count == 0);
    }

    [Fact]
    public async Task Attempt_WhoseRootIsGone_EndsAsALostNode()
    {
        var request = Space.Request("true");
        await RunAsync(Launcher(false, Servers.A), request);
        File.Delete(Path.Combine(Path.GetDirectoryName(request.Directory)!, "result.json"));
        await Poll.UntilAsync(() => !Directory.Exists(RootThere(request)));
        var result = await RunAsync(Launcher(false, Servers.A), request with { IsTakenOver = true });
        Assert.Equal((LaunchEnd.NodeLost, $"its directory on host '{Servers.A.Alias}' is gone"), (result.End, result.Message));
    }

    [Fact]
    public async Task Directory_OfNoAttemptOfTheSite_IsNotTakenOver()
    {
        var request = Space.Request("true");
        var (root, launcher) = (Path.GetDirectoryName(request.Directory)!, Launcher(true, Servers.A));
        Assert.False(launcher.CanTakeOver(root));
        await RunAsync(launcher, request);
        Assert.True(launcher.CanTakeOver(root));
        Assert.False(new SshLauncher(Servers.Site(true, 1, Servers.A) with { Name = "other" }).CanTakeOver(root));
    }

    /// <summary>As the note of the attempt tells it: the host's name, a blank and the root.</summary>
    private static string RootThere(LaunchRequest request)
    {
        var job = Launchers.Remote.Submission.Read(Path.GetDirectoryName(request.Directory)!)!.Job;
        return job[(job.IndexOf(' ', StringComparison.Ordinal) + 1)..];
    }
}
