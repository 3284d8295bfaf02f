using ScaleMs.Core.Ports;
using ScaleMs.Launchers.Remote;
using ScaleMs.Launchers.Sites;

namespace ScaleMs.Ssh.Tests;

/// <summary>What was not used for long goes from the scratch folder of a host, and nothing else.</summary>
public sealed class OldFilesTests(SshServers servers) : SshTestBase(servers)
{
    /// <summary>Times of change cannot be set: to this host's <c>stat</c>, files that are listed in <c>aged</c> and were not touched since are 15 days older.</summary>
    private const string Stat = """
        #!/bin/sh
        aged() { if grep -qxF -- "$(/usr/bin/stat -c %.9Z -- "$2") $2" "$HOME/aged" 2>/dev/null; then echo $(($1 - 1296000)); else echo "$1"; fi; }
        case $2 in
            '%Z %s %n') /usr/bin/stat "$@" | while read -r changed size name; do printf '%s %s %s\n' "$(aged "$changed" "$PWD/$name")" "$size" "$name"; done ;;
            %Z) changed=$(/usr/bin/stat "$@") && aged "$changed" "$4" ;;
            *) exec /usr/bin/stat "$@" ;;
        esac

        """;

    /// <summary>What is shorter goes in the conversation, and is kept nowhere.</summary>
    private const int TooLong = 20_000;

    private readonly string _programs = Directory.CreateTempSubdirectory("scalems-old-").FullName;

    [Fact]
    public async Task Files_ThatNobodyUsedFor14Days_GoWhileOthersStay()
    {
        using var host = AgingHost();
        var first = Launcher(false, host);
        await SendAsync(first, "used");
        await SendAsync(first, "unused");
        await CallAsync(first);
        var go = Path.Combine(Space.Root, "go");
        var slow = Space.Request([SshSpace.Shell("echo ready; until [ -e \"$1\" ]; do sleep 0.05; done; echo made > out.txt", go)], "out.txt");
        var running = RunAsync(first, slow);
        await HearAsync("ready", running);
        await Poll.UntilAsync(() => AttemptsAt(host).Length == 1); // those that have ended are removed meanwhile
        var beating = AttemptsAt(host)[0];
        Leave(host);
        Age(host, path => path != Path.Combine(beating, "heartbeat"));
        await CallAsync(first);
        await SendAsync(Launcher(false, host), "used");
        await Poll.UntilAsync(() => !Directory.Exists(Scratch(host, "folders/left")) && !Directory.Exists(Scratch(host, "incoming/left")) && !Directory.Exists(Scratch(host, "attempts/left")));
        await Poll.UntilAsync(() => !File.Exists(Scratch(host, "attempts/.ended/left")));
        Assert.Equal(["used"], TextsAt(host));
        await CallAsync(first);
        await File.WriteAllTextAsync(go, string.Empty);
        var result = await running;
        Assert.Equal((LaunchEnd.Exited, 0, ""), (result.End, result.ExitCode, result.Message));
        Assert.Equal("made\n", await File.ReadAllTextAsync(PathOf(slow, "out.txt")));
        Directory.Delete(_programs, recursive: true);
    }

    [Fact]
    public async Task Blobs_OfMoreThanTheLimit_GoOnlyWhenTheyAreOldest()
    {
        using var host = AgingHost();
        var first = Launcher(false, host);
        await SendAsync(first, "oldest");
        Age(host, path => path.Contains("sha256", StringComparison.Ordinal));
        await SendAsync(first, "young");
        var site = Servers.Site(false, 2, host);
        await SendAsync(Launcher(site with { Ssh = site.Ssh! with { MostBlobBytes = 1, MostBlobAge = TimeSpan.FromDays(30) } }, Usual), "new");
        await Poll.UntilAsync(() => Directory.GetFiles(Scratch(host, "blobs/sha256")).Length == 2);
        Assert.Equal(["new", "young"], TextsAt(host));
        Directory.Delete(_programs, recursive: true);
    }

    [Fact]
    public async Task Attempts_WhereNoBlobsAre_GoWhenTheyAreOld()
    {
        using var host = AgingHost();
        await SendAsync(Launcher(false, host), "short", length: 0);
        Leave(host);
        Age(host, _ => true);
        await SendAsync(Launcher(false, host), "short", length: 0);
        await Poll.UntilAsync(() => !Directory.Exists(Scratch(host, "attempts/left")));
        Assert.False(Directory.Exists(Scratch(host, "blobs")));
        Directory.Delete(_programs, recursive: true);
    }

    private static IEnumerable<string> TextsAt(SshHostServer host) => Directory.GetFiles(Scratch(host, "blobs/sha256")).Select(path => File.ReadAllText(path).TrimEnd()).Order();

    private static string[] AttemptsAt(SshHostServer host) => [.. Directory.GetDirectories(Scratch(host, "attempts")).Where(path => Path.GetFileName(path) != ".ended")];

    private static string Scratch(SshHostServer host, string path) => Path.Combine(host.Home, ".cache/scalems", path);

    /// <summary>What clients that were killed have left.</summary>
    private static void Leave(SshHostServer host)
    {
        foreach (var folder in new[] { "attempts/left", "attempts/.ended", "incoming/left", "folders/left" })
        {
            Directory.CreateDirectory(Scratch(host, folder));
        }

        File.WriteAllText(Scratch(host, "attempts/.ended/left"), string.Empty);
    }

    private SshHostServer AgingHost()
    {
        File.WriteAllText(Path.Combine(_programs, "stat"), Stat);
        File.SetUnixFileMode(Path.Combine(_programs, "stat"), UnixFileMode.UserRead | UnixFileMode.UserExecute);
        return Servers.Add($"PATH={_programs}:/usr/bin:/bin");
    }

    private void Age(SshHostServer host, Func<string, bool> which)
    {
        var paths = Directory.GetFileSystemEntries(Scratch(host, string.Empty), "*", SearchOption.AllDirectories).Where(which);
        var listed = new LocalShell().RunAsync(string.Join('\n', paths.Select(path => $"stat -c '%.9Z %n' -- {ShellWord.Of(path)}")), null, CancellationToken.None).Result;
        File.WriteAllText(Path.Combine(host.Home, "aged"), listed.Output);
    }

    private async Task SendAsync(Launchers.Ssh.SshLauncher launcher, string text, int length = TooLong)
    {
        var request = Space.Request("cat in.txt");
        await File.WriteAllTextAsync(PathOf(request, "in.txt"), text.PadRight(length));
        var result = await RunAsync(launcher, request);
        Assert.Equal((LaunchEnd.Exited, 0, ""), (result.End, result.ExitCode, result.Message));
    }

    /// <summary>As a function step does: calls a program that is sent along.</summary>
    private async Task CallAsync(Launchers.Ssh.SshLauncher launcher)
    {
        var program = Path.Combine(Space.Root, "program");
        await File.WriteAllTextAsync(program, "#!/bin/sh\necho called\n");
        File.SetUnixFileMode(program, UnixFileMode.UserRead | UnixFileMode.UserExecute | UnixFileMode.GroupRead);
        var result = await RunAsync(launcher, Space.Request(string.Empty) with { Folders = [program], Commands = [new LaunchCommand(program, [], null, null)] });
        Assert.Equal((LaunchEnd.Exited, 0, ""), (result.End, result.ExitCode, result.Message));
    }
}
