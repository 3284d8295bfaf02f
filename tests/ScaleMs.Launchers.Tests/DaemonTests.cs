using ScaleMs.Core.Ports;
using ScaleMs.Launchers.Local;
using Xunit;

namespace ScaleMs.Launchers.Tests;

/// <summary>Processes that detach themselves in every usual way: a time limit ends them all.</summary>
public sealed class DaemonTests : IDisposable
{
    private readonly LaunchSpace _space = new();

    public void Dispose() => _space.Dispose();

    [Theory]
    [InlineData("nohup sh daemon > /dev/null 2>&1 &")]
    [InlineData("setsid sh daemon &")]
    [InlineData("(sh daemon &) &")]
    [InlineData("setsid sh -c 'sh daemon & exit' < /dev/null > /dev/null 2>&1 &")]
    [InlineData("setsid sh -c '(setsid sh daemon &) & exit' < /dev/null > /dev/null 2>&1 &")]
    [InlineData("setsid sh -c 'cd /; SCALEMS_OTHER=1 setsid sh \"$HERE/daemon\" & exit' &")]
    public async Task Cancellation_DaemonThatIgnoresTerm_IsKilled(string start)
    {
        await File.WriteAllTextAsync(_space.PathOf("daemon"), "trap '' TERM HUP INT; cd \"$HERE\"; echo $$ > pid; : > ready; while :; do sleep 0.05; done");
        var request = _space.Request(LaunchSpace.Shell($"HERE=$(pwd); export HERE; {start} sleep 1000"));
        using var source = new CancellationTokenSource();
        var run = _space.RunAsync(request with { Grace = TimeSpan.FromMilliseconds(200) }, source.Token);
        await Poll.UntilAsync(() => _space.Has("ready"));
        await source.CancelAsync();

        Assert.Equal(LaunchEnd.Cancelled, (await run).End);
        Assert.False(ProcFiles.IsAlive(_space.ReadPid("pid")));
        Assert.Empty(AttemptMarker.Find(_space.Directory));
    }
}
