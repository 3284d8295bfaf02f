using ScaleMs.Core.Ports;
using ScaleMs.Launchers.Local;
using Xunit;

namespace ScaleMs.Launchers.Tests;

public sealed class StopTests : IDisposable
{
    private const string WaitForEver = "while :; do sleep 0.02; done";
    private static readonly TimeSpan ShortGrace = TimeSpan.FromMilliseconds(300);
    private static readonly TimeSpan LongGrace = TimeSpan.FromMinutes(1);

    private readonly LaunchSpace _space = new();

    public void Dispose() => _space.Dispose();

    [Fact]
    public async Task Cancellation_BeforeTheStart_StartsNothing()
    {
        var result = await _space.RunAsync(_space.Request(LaunchSpace.Shell(": > started")), new CancellationToken(canceled: true));
        Assert.Equal(LaunchEnd.Cancelled, result.End);
        Assert.False(_space.Has("started"));
    }

    [Fact]
    public async Task Cancellation_ToolEndsOnTheFirstTerm_ItsExitCodeIsTold()
    {
        const string tool = $"trap 'echo checkpoint > state.cpt; exit 1' TERM; : > ready; {WaitForEver}";
        var result = await _space.CancelWhenReadyAsync(tool, LongGrace);
        Assert.Equal((LaunchEnd.Cancelled, 1, 0), (result.End, result.ExitCode, result.CommandIndex));
        Assert.Equal("checkpoint\n", _space.Read("state.cpt"));
        Assert.True(result.Wall < LongGrace);
    }

    [Fact]
    public async Task Cancellation_DuringTheFirstCommand_SecondDoesNotStart()
    {
        using var source = new CancellationTokenSource();
        var request = _space.Request(LaunchSpace.Shell($"trap 'exit 0' TERM; : > ready; {WaitForEver}"), LaunchSpace.Shell(": > second"));
        var run = _space.RunAsync(request, source.Token);
        await Poll.UntilAsync(() => _space.Has("ready"));
        await source.CancelAsync();
        var result = await run;
        Assert.Equal((LaunchEnd.Cancelled, 0, 0), (result.End, result.ExitCode, result.CommandIndex));
        Assert.False(_space.Has("second"));
    }

    [Theory]
    [InlineData("sh")]
    [InlineData("setsid sh")]
    public async Task Cancellation_ProcessCountsItsTerms_GetsOne(string start)
    {
        await File.WriteAllTextAsync(_space.PathOf("counter"), $"trap 'echo term >> count' TERM; : > ready; {WaitForEver}");
        var result = await _space.CancelWhenReadyAsync($"trap : TERM; {start} counter & wait; wait", ShortGrace);
        Assert.Equal((LaunchEnd.Cancelled, 137), (result.End, result.ExitCode));
        Assert.Equal("term\n", _space.Read("count"));
    }

    [Fact]
    public async Task Cancellation_LeaderEndsAtOnce_ItsChildrenHaveTheGrace()
    {
        const string child = "trap 'until [ -e go ]; do sleep 0.02; done; : > saved; exit' TERM; : > ready; while :; do sleep 0.02; done";
        await File.WriteAllTextAsync(_space.PathOf("child"), child);
        using var source = new CancellationTokenSource();
        var request = _space.Request(LaunchSpace.Shell("echo $$ > leader; sh child & wait")) with { Grace = LongGrace };
        var run = _space.RunAsync(request, source.Token);
        await Poll.UntilAsync(() => _space.Has("ready"));
        await source.CancelAsync();
        await Poll.UntilAsync(() => !ProcFiles.IsAlive(_space.ReadPid("leader")));
        await File.WriteAllTextAsync(_space.PathOf("go"), string.Empty);
        Assert.Equal(143, (await run).ExitCode);
        Assert.True(_space.Has("saved"));
    }

    [Fact]
    public async Task TimeLimit_GrandchildrenIgnoreTermOrLeave_AllAreKilled()
    {
        const string script = "trap '' TERM; sleep 1000 & echo $! > stays; setsid sh -c 'echo $$ > leaves; sleep 1000' & "
            + "(sleep 1000 & echo $! > orphan); wait; sleep 1000";
        var request = _space.Request(LaunchSpace.Shell(script)) with { TimeLimit = TimeSpan.FromSeconds(5), Grace = ShortGrace };
        var result = await _space.RunAsync(request);
        Assert.Equal((LaunchEnd.TimedOut, 137), (result.End, result.ExitCode));
        Assert.True(result.Wall >= TimeSpan.FromSeconds(5));
        Assert.All(["stays", "leaves", "orphan"], file => Assert.False(ProcFiles.IsAlive(_space.ReadPid(file))));
        Assert.Empty(AttemptMarker.Find(_space.Directory));
    }

    [Fact]
    public async Task TimeLimit_IsForAllCommandsTogether()
    {
        var request = _space.Request(LaunchSpace.Shell(":"), LaunchSpace.Shell("sleep 1000"));
        var result = await _space.RunAsync(request with { TimeLimit = TimeSpan.FromSeconds(4) });
        Assert.Equal((LaunchEnd.TimedOut, 143, 1), (result.End, result.ExitCode, result.CommandIndex));
    }

    [Fact]
    public async Task TimeLimit_ToolWritesWithoutEnd_IsStopped()
    {
        var request = _space.Request(LaunchSpace.Shell("yes | head -c 40000000; sleep 1000")) with { TimeLimit = TimeSpan.FromSeconds(1) };
        var result = await new LocalLauncher().RunAsync(request, _ => { }, CancellationToken.None);
        Assert.Equal(LaunchEnd.TimedOut, result.End);
    }

    [Fact]
    public async Task TimeLimit_LongerThanATimerTakes_IsFine()
    {
        var result = await _space.RunAsync(_space.Request(LaunchSpace.Shell("exit 3")) with { TimeLimit = TimeSpan.FromDays(1000) });
        Assert.Equal((LaunchEnd.Exited, 3), (result.End, result.ExitCode));
    }

    [Fact]
    public async Task Cancellation_ToolIsKilledWithASession_ClearedEnvironmentDoesNotHideIt()
    {
        const string script = "trap '' TERM; env -i sh -c 'echo $$ > bare; : > ready; sleep 1000; :' & wait; sleep 1000";
        await _space.CancelWhenReadyAsync(script, ShortGrace);
        Assert.False(ProcFiles.IsAlive(_space.ReadPid("bare")));
    }
}
