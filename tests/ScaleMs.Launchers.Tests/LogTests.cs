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
}
