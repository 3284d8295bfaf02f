using ScaleMs.Core.Ports;
using ScaleMs.Launchers.Sites;
using ScaleMs.Launchers.Ssh;

namespace ScaleMs.Ssh.Tests;

/// <summary>Attempts on hosts that see this disk.</summary>
public sealed class SharedTests : IDisposable
{
    private readonly SshServers _servers;
    private readonly SshSpace _space = new();

    public SharedTests(SshServers servers)
    {
        Assert.SkipUnless(SshServers.Lack is null, SshServers.Lack ?? string.Empty);
        _servers = servers;
    }

    public void Dispose() => _space.Dispose();

    [Fact]
    public async Task Attempt_ThatSucceeds_LeavesItsOutputsAndLog()
    {
        var request = _space.Request("echo told; echo made > out.txt", "out.txt");
        var result = await Launcher().RunAsync(request, _space.Hear, CancellationToken.None);
        Assert.Equal((LaunchEnd.Exited, 0, ""), (result.End, result.ExitCode, result.Message));
        Assert.Equal("made\n", await File.ReadAllTextAsync(Path.Combine(request.Directory, "out.txt")));
        Assert.Equal(["told"], _space.Lines);
    }

    private SshLauncher Launcher() => new(_servers.Site(isShared: true, 2, _servers.A, _servers.B));
}
