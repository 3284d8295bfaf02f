using ScaleMs.Core.Ports;
using ScaleMs.Launchers.Remote;
using ScaleMs.Launchers.Sites;
using ScaleMs.Launchers.Ssh;

namespace ScaleMs.Ssh.Tests;

/// <summary>Why a host cannot be used, in words for people.</summary>
public sealed class TroubleTests(SshServers servers) : SshTestBase(servers)
{
    [Fact]
    public async Task Key_OfAHostThatIsNotKnown_IsNamed() =>
        Assert.StartsWith(
            $"host '{Servers.A.Alias}' cannot be used: its host key is not known here; connect once by hand with 'ssh {Servers.A.Alias}' and compare the fingerprint, or add the key to known_hosts",
            await TroubleAsync(Servers.A.Alias, "-o", "UserKnownHostsFile=/dev/null", "-o", "GlobalKnownHostsFile=/dev/null"),
            StringComparison.Ordinal);

    [Fact]
    public async Task Key_OfAHostThatIsAnother_IsNamed()
    {
        var known = Path.Combine(Space.Root, "known_hosts");
        await File.WriteAllTextAsync(known, Servers.A.Known.Replace(Servers.A.HostKey, Servers.B.HostKey, StringComparison.Ordinal) + "\n");
        Assert.StartsWith(
            $"host '{Servers.A.Alias}' cannot be used: its host key is not the one that is known",
            await TroubleAsync(Servers.A.Alias, "-o", $"UserKnownHostsFile=\"{known}\""),
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task Key_OfAUserThatIsNotAccepted_IsNamed() =>
        Assert.Contains("it accepts none of the keys that are offered", await TroubleAsync(Servers.A.Alias, "-o", "PubkeyAuthentication=no"), StringComparison.Ordinal);

    [Fact]
    public async Task Host_WithoutAName_IsNamed() =>
        Assert.Matches("its name cannot be looked up now|there is no host of this name", await TroubleAsync("nowhere.invalid"));

    [Fact]
    public async Task Port_WithoutAServer_IsNamed() => Assert.Contains("the connection was refused", await TroubleAsync(Servers.A.Alias, "-o", "Port=1"), StringComparison.Ordinal);

    [Fact]
    public async Task Configuration_ThatIsNotThere_IsNamed() => Assert.Contains("configuration is not there", await TroubleAsync("any", "-F", "/nowhere/config"), StringComparison.Ordinal);

    [Fact]
    public async Task Host_WithoutCoreutils_IsNamed()
    {
        using var host = Servers.Add("PATH=/nowhere");
        Assert.Contains("it has no coreutils, or they are not on its PATH", await TroubleAsync(host.Alias), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Host_ThatLacksAProgram_IsNamedForGood()
    {
        var programs = FewPrograms();
        using var host = Servers.Add($"PATH={programs}");
        var result = await RunAsync(Launcher(true, host), Space.Request("true"));
        Assert.Equal((LaunchEnd.NotStarted, true), (result.End, result.IsLasting));
        Assert.Contains($"host '{host.Alias}' cannot be used: it has no sha256sum, stat; install coreutils there", result.Message, StringComparison.Ordinal);
        Directory.Delete(programs, recursive: true);
    }

    [Theory]
    [InlineData(127, "sh: /bin/sh: not found", "there is no /bin/sh")]
    [InlineData(1, "This account is currently not available.", "its login shell ended with 1 instead of running /bin/sh")]
    public void Login_WithoutAShell_IsNamed(int exitCode, string errors, string meaning)
    {
        var trouble = SshTrouble.Of("node", exitCode, errors);
        Assert.Contains(meaning, trouble.Message, StringComparison.Ordinal);
        Assert.True(trouble.IsLasting);
    }

    [Fact]
    public async Task Shell_AtTheOtherEnd_GetsScriptAndInputWhole()
    {
        var shell = new SshShell(Servers.A.Alias, ["-F", Servers.Configuration]);
        var answer = await shell.RunAsync("read -r line; echo \"$line'\\\"\"; cat; echo bad >&2; exit 3", "first $(x)\nsecond\nthird", CancellationToken.None);
        Assert.Equal((3, "first $(x)'\"\nsecond\nthird", "bad\n"), (answer.ExitCode, answer.Output, answer.Errors));
    }

    [Theory]
    [InlineData("", "\"$HOME\"'/.cache/scalems'")]
    [InlineData("~/x y", "\"$HOME\"'/x y'")]
    [InlineData("$SCRATCH/me", "\"${SCRATCH:?is not set}\"'/me'")]
    [InlineData("/big/$(x)", "'/big/$(x)'")]
    public void Scratch_AsItIsWritten_IsAWordOfShell(string scratch, string word) => Assert.Equal(word, ScratchFolder.WordOf(scratch));

    /// <summary>Two programs are missing.</summary>
    private string FewPrograms()
    {
        var folder = Directory.CreateTempSubdirectory("scalems-few-").FullName;
        foreach (var name in "base64 cat chmod cp date env head ls mkdir mv printf readlink rm sleep tail tr uname".Split(' '))
        {
            File.CreateSymbolicLink(Path.Combine(folder, name), $"/usr/bin/{name}");
        }

        return folder;
    }

    private async Task<string> TroubleAsync(string destination, params string[] options)
    {
        string[] all = options.Contains("-F") ? options : [.. options, "-F", Servers.Configuration];
        return (await Assert.ThrowsAnyAsync<SiteException>(() => new SshShell(destination, all).RunAsync("true", null, CancellationToken.None))).Message;
    }
}
