using ScaleMs.Core.Ports;
using ScaleMs.Launchers.Local;
using Xunit;

namespace ScaleMs.Launchers.Tests;

/// <summary>The way for Windows, run where the tests run: that its logic holds, not that Windows does what we think.</summary>
public sealed class WindowsAttemptTests : IDisposable
{
    private readonly LaunchSpace _space = new();

    public void Dispose() => _space.Dispose();

    [Fact]
    public async Task Commands_WithStreams_RunInOrder()
    {
        var echo = new LaunchCommand("/bin/cat", [], "text", _space.PathOf("out"));
        var lines = new List<string>();
        var request = _space.Request(echo, LaunchSpace.Shell("pwd -P; echo err >&2; exit 3"), LaunchSpace.Shell(": > third"));
        var result = await new WindowsAttempt(request, lines.Add, CancellationToken.None).RunAsync();
        Assert.Equal((LaunchEnd.Exited, 3, 1), (result.End, result.ExitCode, result.CommandIndex));
        Assert.Equal("text", _space.Read("out"));
        Assert.Equal([_space.Directory, "err"], lines.OrderDescending(StringComparer.Ordinal).Reverse());
        Assert.False(_space.Has("third"));
    }

    [Fact]
    public async Task Streams_OfFiles_GoWhereTheyAreSent()
    {
        await File.WriteAllTextAsync(_space.PathOf("in"), "text");
        var both = _space.PathOf("both");
        var request = _space.Request(
            new LaunchCommand("/bin/cat", [], null, _space.PathOf("out")) { StandardInputFile = _space.PathOf("in") },
            LaunchSpace.Shell("echo err >&2") with { StandardError = _space.PathOf("err") },
            LaunchSpace.Shell("echo 1; echo 2 >&2") with { StandardOutput = both, StandardError = both });
        await new WindowsAttempt(request, null, CancellationToken.None).RunAsync();
        Assert.Equal(("text", "err\n", string.Empty), (_space.Read("out"), _space.Read("err"), _space.Log));
        Assert.Equal(["1", "2"], _space.Read("both").Split('\n', StringSplitOptions.RemoveEmptyEntries).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task TimeLimit_WithChildren_EndsThem()
    {
        var request = _space.Request(LaunchSpace.Shell("sleep 1000 & echo $! > child; wait")) with { TimeLimit = TimeSpan.FromSeconds(4) };
        var result = await new WindowsAttempt(request, null, CancellationToken.None).RunAsync();
        Assert.Equal((LaunchEnd.TimedOut, 137), (result.End, result.ExitCode));
        await Poll.UntilAsync(() => !ProcFiles.IsAlive(_space.ReadPid("child")));
    }

    [Fact]
    public async Task Program_IsMissing_NotStarted()
    {
        var request = _space.Request(new LaunchCommand("/no/such", [], null, null));
        var result = await new WindowsAttempt(request, null, CancellationToken.None).RunAsync();
        Assert.Equal(LaunchEnd.NotStarted, result.End);
        Assert.Contains("'/no/such' could not be started", result.Message, StringComparison.Ordinal);
    }
}
