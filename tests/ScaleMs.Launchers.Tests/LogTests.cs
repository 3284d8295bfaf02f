using ScaleMs.Core.Ports;
using ScaleMs.Launchers.Local;
using Xunit;

namespace ScaleMs.Launchers.Tests;

public sealed class LogTests : IDisposable
{
    private readonly LaunchSpace _space = new();

    public void Dispose() => _space.Dispose();

    [Fact]
    public async Task Log_OfSeveralCommandsAndStreams_IsInOrder()
    {
        await File.WriteAllTextAsync(_space.LogFile, "earlier attempt\n");
        await _space.RunAsync(LaunchSpace.Shell("echo a; echo b >&2; echo c"), LaunchSpace.Shell("echo d >&2"));
        Assert.Equal("earlier attempt\na\nb\nc\nd\n", _space.Log);
        Assert.Equal(["a", "b", "c", "d"], _space.Lines);
    }

    [Fact]
    public async Task Lines_EndWithReturnsOrNothing_AreTold()
    {
        const string script = @"printf 'start\n\rstep 1\rstep 2\rstep 3\n\nlast\r\nrest'";
        await _space.RunAsync(LaunchSpace.Shell(script), LaunchSpace.Shell("printf more"));
        Assert.Equal(["start", "step 1", "step 2", "step 3", "", "last", "rest", "more"], _space.Lines);
    }

    [Fact]
    public async Task Lines_OfARunningCommand_ComeLive()
    {
        var run = _space.RunAsync(LaunchSpace.Shell("printf 'first\\rsecond\\r'; until [ -e go ]; do sleep 0.02; done; echo end"));
        await Poll.UntilAsync(() => _space.Lines.Count == 2);
        Assert.False(run.IsCompleted);
        await File.WriteAllTextAsync(_space.PathOf("go"), string.Empty);
        await run;
        Assert.Equal(["first", "second", "end"], _space.Lines);
    }

    [Fact]
    public async Task Lines_OfALongOutput_AreComplete()
    {
        await _space.RunAsync(LaunchSpace.Shell("seq 1 300000"));
        Assert.Equal(300_000, _space.Lines.Count);
        Assert.Equal("300000", _space.Lines[^1]);
    }

    [Fact]
    public async Task Lines_NobodyListens_LogIsWritten()
    {
        await new LocalLauncher().RunAsync(_space.Request(LaunchSpace.Shell("echo a")), null, CancellationToken.None);
        Assert.Equal("a\n", _space.Log);
    }

    [Fact]
    public async Task Log_ToolRemovesIt_NothingBreaks()
    {
        var result = await _space.RunAsync(LaunchSpace.Shell("rm ../a1.log; echo a"));
        Assert.Equal((LaunchEnd.Exited, 0), (result.End, result.ExitCode));
        Assert.Equal(["a"], _space.Lines);
    }

    [Fact]
    public async Task Listener_Throws_ProcessesAreEnded()
    {
        var request = _space.Request(LaunchSpace.Shell("trap '' TERM; echo $$ > pid; echo a; sleep 1000 & wait; sleep 1000"));
        var run = new LocalLauncher().RunAsync(request, _ => throw new InvalidTimeZoneException(), CancellationToken.None);
        await Assert.ThrowsAsync<InvalidTimeZoneException>(() => run);
        await Poll.UntilAsync(() => !AttemptMarker.Find(_space.Directory).Any());
        Assert.False(Directory.Exists($"/proc/{_space.ReadPid("pid")}"));
    }

    [Fact]
    public async Task Log_WithAFilter_HoldsWhatItLetsThroughAndSoDoLines()
    {
        var request = _space.Request(LaunchSpace.Shell("printf 'a sec'; sleep 0.1; echo 'ret-word'; echo b >&2"), LaunchSpace.Shell("echo secret-word; seq 1 30000")) with { LogFilter = Mask() };
        var result = await _space.RunAsync(request);
        Assert.Equal(LaunchEnd.Exited, result.End);
        Assert.Equal("a ***\nb\n***\n" + string.Concat(Enumerable.Range(1, 30_000).Select(i => $"{i}\n")), _space.Log);
        Assert.Equal(30_003, _space.Lines.Count);
        Assert.Equal(["a ***", "b", "***"], _space.Lines.Take(3));
    }

    [Fact]
    public async Task Log_WithAFilterOfAStepThatLeavesAProcess_IsEndedWithIt()
    {
        var result = await _space.RunAsync(_space.Request(LaunchSpace.Shell("echo secret-word; sleep 1000 & echo $! > child")) with { LogFilter = Mask() });
        Assert.Equal((LaunchEnd.Exited, 0), (result.End, result.ExitCode));
        Assert.Equal("***\n", _space.Log);
        Assert.False(ProcFiles.IsAlive(_space.ReadPid("child")));
    }

    [Fact]
    public async Task Log_WithAFilterWhereThereIsNoSpawn_HoldsWhatItLetsThrough()
    {
        var lines = new List<string>();
        await new WindowsAttempt(_space.Request(LaunchSpace.Shell("echo a secret-word; echo b")) with { LogFilter = Mask() }, lines.Add, CancellationToken.None).RunAsync();
        Assert.Equal("a ***\nb\n", _space.Log);
        Assert.Equal(["a ***", "b"], lines);
    }

    private static Core.Secrets.SecretMask Mask() => new(Core.Secrets.SecretPatterns.Of(["secret-word"u8.ToArray()]));
}
