using System.Diagnostics;
using ScaleMs.Core.Ports;

namespace ScaleMs.Ssh.Tests;

/// <summary>What users have set up for their ssh client holds here too.</summary>
public sealed class UserConfigurationTests(SshServers servers) : SshTestBase(servers)
{
    [Fact]
    public async Task Host_BehindAJumpHost_IsReachedThroughIt()
    {
        using var jump = Servers.Add();
        var behind = Servers.Alias(Servers.B, $"ProxyJump {jump.Alias}", $"IdentityFile {Servers.UserKey}", "IdentitiesOnly yes");
        var request = Space.Request("cat in.txt; echo made > out.txt");
        await File.WriteAllTextAsync(PathOf(request, "in.txt"), "in\n");
        var result = await RunAsync(Launcher(Servers.Site(false, 1, behind), Usual), request with { Outputs = [new LaunchOutput(Core.Model.ArtifactPath.Parse("out.txt"), false)] });
        Assert.Equal((LaunchEnd.Exited, 0, ""), (result.End, result.ExitCode, result.Message));
        Assert.Equal(["in"], Space.Lines);
        Assert.Equal("made\n", await File.ReadAllTextAsync(PathOf(request, "out.txt")));

        // There is no other way.
        jump.Die();
        result = await RunAsync(Launcher(Servers.Site(false, 1, behind), Usual with { GiveUp = TimeSpan.FromSeconds(3) }), Space.Request("true"));
        Assert.Equal(LaunchEnd.NotStarted, result.End);
        Assert.StartsWith($"no host of site 'farm' can be used: host '{behind}' cannot be used: ", result.Message, StringComparison.Ordinal);
        Assert.Contains("or one that leads there (ProxyJump)", result.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Key_InTheAgentOnly_IsUsed()
    {
        var host = Servers.Alias(Servers.A, "IdentityFile none");
        var result = await RunAsync(Launcher(Servers.Site(true, 1, host), Usual), Space.Request("true"));
        Assert.Contains("it accepts none of the keys that are offered", result.Message, StringComparison.Ordinal);
        using var agent = Agent();
        var former = Environment.GetEnvironmentVariable("SSH_AUTH_SOCK");
        try
        {
            Environment.SetEnvironmentVariable("SSH_AUTH_SOCK", Path.Combine(Space.Root, "agent"));
            await LoadAsync();
            result = await RunAsync(Launcher(Servers.Site(true, 1, host), Usual), Space.Request("true"));
            Assert.Equal((LaunchEnd.Exited, 0, ""), (result.End, result.ExitCode, result.Message));
        }
        finally
        {
            Environment.SetEnvironmentVariable("SSH_AUTH_SOCK", former);
            agent.Kill();
            await agent.WaitForExitAsync();
        }
    }

    private Process Agent() => Process.Start(new ProcessStartInfo("ssh-agent", ["-D", "-a", Path.Combine(Space.Root, "agent")]) { RedirectStandardOutput = true })!;

    private async Task LoadAsync()
    {
        await Poll.UntilAsync(() => Add("-l") != 2); // its socket is there a moment before it can be connected to
        Assert.Equal(0, Add("-q", Servers.UserKey));
    }

    private static int Add(params string[] arguments)
    {
        using var add = Process.Start(new ProcessStartInfo("ssh-add", arguments) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        add.WaitForExit();
        return add.ExitCode;
    }
}
