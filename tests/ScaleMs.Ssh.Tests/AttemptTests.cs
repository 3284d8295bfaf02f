using ScaleMs.Core.Ports;

namespace ScaleMs.Ssh.Tests;

/// <summary>Attempts on hosts that see this disk, and on hosts that do not.</summary>
public sealed class AttemptTests(SshServers servers) : SshTestBase(servers)
{
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Attempt_ThatSucceeds_LeavesItsOutputsAndLog(bool isShared)
    {
        var request = Space.Request("echo told; echo made > out.txt; mkdir -p tree/sub; echo deep > tree/sub/x; ln -s sub/x tree/link", "out.txt", "tree/");
        var result = await RunAsync(Launcher(isShared, Servers.A, Servers.B), request);
        Assert.Equal((LaunchEnd.Exited, 0, ""), (result.End, result.ExitCode, result.Message));
        Assert.Equal("made\n", await File.ReadAllTextAsync(PathOf(request, "out.txt")));
        Assert.Equal("deep\n", await File.ReadAllTextAsync(PathOf(request, "tree/link")));
        Assert.Equal("sub/x", new FileInfo(PathOf(request, "tree/link")).LinkTarget);
        Assert.Equal("told\n", await File.ReadAllTextAsync(request.LogFile));
        Assert.Equal(["told"], Space.Lines);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Attempt_WhoseCommandFails_TellsItsExitCodeAndLog(bool isShared)
    {
        var request = Space.Request([SshSpace.Shell("exit 0"), SshSpace.Shell("echo reason >&2; exit 7"), SshSpace.Shell("exit 0")]);
        var result = await RunAsync(Launcher(isShared, Servers.A), request);
        Assert.Equal((LaunchEnd.Exited, 7, 1), (result.End, result.ExitCode, result.CommandIndex));
        Assert.Equal(["reason"], Space.Lines);
        Assert.Equal("reason\n", await File.ReadAllTextAsync(request.LogFile));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Arguments_ThatAShellWouldTakeApart_ArriveAsTheyAre(bool isShared)
    {
        string[] hostile = ["", "'", "\"", "a\nb", "$(touch escaped)", "`touch escaped`", "\\", "-n", "*", "é", "; touch escaped", "${HOME}", "\n", "!"];
        var request = Space.Request([SshSpace.Shell("for a; do printf '%s|' \"$a\"; done > out.txt", hostile)], "out.txt");
        await RunAsync(Launcher(isShared, Servers.A), request);
        Assert.Equal(string.Concat(hostile.Select(text => text + "|")), await File.ReadAllTextAsync(PathOf(request, "out.txt")));
        Assert.False(File.Exists(PathOf(request, "escaped")));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Cancel_OfARunningAttempt_EndsItsWholeTree(bool isShared)
    {
        using var stop = new CancellationTokenSource();
        var time = Space.OwnTime();
        var request = Space.Request([SshSpace.Shell("(sleep $1 & setsid sleep $1 &) ; echo ready; sleep $1", time)]);
        var launcher = Launcher(isShared, Servers.A);
        var run = RunAsync(launcher, request, stop.Token);
        await HearAsync("ready", run);
        Assert.True(launcher.CanTakeOver(Path.GetDirectoryName(request.Directory)!));
        await Poll.UntilAsync(() => Processes.Running("sleep", time).Count == 3);
        await stop.CancelAsync();
        Assert.Equal(LaunchEnd.Cancelled, (await run).End);
        Assert.False(launcher.CanTakeOver(Path.GetDirectoryName(request.Directory)!));
        await Poll.UntilAsync(() => Processes.Running("sleep", time).Count == 0);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Log_OfARunningAttempt_ComesLive(bool isShared)
    {
        var request = Space.Request("echo first; until [ -e \"$1\" ]; do sleep 0.05; done; echo last");
        var flag = Path.Combine(Space.Root, "go");
        request = request with { Commands = [request.Commands[0] with { Arguments = [.. request.Commands[0].Arguments, flag] }] };
        var run = RunAsync(Launcher(isShared, Servers.A), request);
        await Poll.UntilAsync(() => Space.Lines.Count == 1);
        Assert.False(run.IsCompleted);
        await File.WriteAllTextAsync(flag, string.Empty);
        await run;
        Assert.Equal(["first", "last"], Space.Lines);
        Assert.Equal("first\nlast\n", await File.ReadAllTextAsync(request.LogFile));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Streams_OfACommand_AreThoseOfTheRequest(bool isShared)
    {
        var request = Space.Request(string.Empty, "out.txt", "copy.txt");
        request = request with
        {
            Commands =
            [
                new LaunchCommand("/bin/cat", [], "given\n", PathOf(request, "out.txt")),
                new LaunchCommand("/bin/sh", ["-c", "cat; echo bad >&2"], null, PathOf(request, "copy.txt")) { StandardInputFile = PathOf(request, "out.txt"), StandardError = PathOf(request, "err.txt") },
            ],
        };
        var result = await RunAsync(Launcher(isShared, Servers.A), request);
        Assert.Equal((LaunchEnd.Exited, 0, ""), (result.End, result.ExitCode, result.Message));
        Assert.Equal("given\n", await File.ReadAllTextAsync(PathOf(request, "copy.txt")));
        Assert.Equal("bad\n", await File.ReadAllTextAsync(PathOf(request, "err.txt")));
    }

    [Fact]
    public async Task Attempts_OfManyCores_WaitForAHostThatHasThem()
    {
        var launcher = Launcher(true, Servers.A, Servers.B);
        var big = Space.Request("true") with { Granted = new Core.Model.Resources(2) };
        var runs = Enumerable.Range(0, 6).Select(_ => RunAsync(launcher, Space.Request("true"))).Append(RunAsync(launcher, big));
        Assert.All(await Task.WhenAll(runs), result => Assert.Equal((LaunchEnd.Exited, 0), (result.End, result.ExitCode)));
    }

    [Fact]
    public async Task Attempt_ThatAsksForMoreThanAnyHostHas_IsRefused()
    {
        var result = await RunAsync(Launcher(true, Servers.A), Space.Request("true") with { Granted = new Core.Model.Resources(3) });
        Assert.Equal((LaunchEnd.NotStarted, true), (result.End, result.IsLasting));
        Assert.Equal("step 'task/step' asks for 3 cores, and no host of site 'farm' has more than 2 slots; ask for less, or correct the slots of its hosts", result.Message);
    }
}
