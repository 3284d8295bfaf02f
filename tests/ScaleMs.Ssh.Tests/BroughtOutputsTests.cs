using ScaleMs.Core.Ports;
using ScaleMs.Launchers.Remote;
using ScaleMs.Launchers.Ssh;

namespace ScaleMs.Ssh.Tests;

/// <summary>Outputs that come in the conversation, and those that do not.</summary>
public sealed class BroughtOutputsTests(SshServers servers) : SshTestBase(servers)
{
    /// <summary>A look may see the result before its wrapper tells of it, and a look brings no files.</summary>
    private static readonly SshTiming Patient = Usual with { Poll = TimeSpan.FromMinutes(1) };

    [Theory]
    [InlineData(10, 0)]
    [InlineData(20_000, 1)]
    public async Task Output_OfAShortStep_NeedsASessionOnlyWhereItIsLarge(int bytes, int sessions)
    {
        var shell = new CountingShell();
        var request = Space.Request([SshSpace.Shell($"head -c {bytes} /dev/zero > out.txt; echo said; echo wrong >&2") with { StandardError = "errors" }], "out.txt");
        request = request with { Commands = [request.Commands[0] with { StandardError = PathOf(request, "errors") }] };
        var result = await RunAsync(Launcher(Servers.Site(false, 1, Servers.A), Patient, host => Staging(host, shell)), request);
        Assert.Equal((LaunchEnd.Exited, 0, ""), (result.End, result.ExitCode, result.Message));
        Assert.Equal((bytes, "wrong\n", "said"), ((int)new FileInfo(PathOf(request, "out.txt")).Length, await File.ReadAllTextAsync(PathOf(request, "errors")), Assert.Single(Space.Lines)));
        Assert.Equal(sessions, shell.Opened);
    }

    [Fact]
    public async Task Output_ThatCameChanged_IsAskedFor()
    {
        var shell = new CountingShell();
        var request = Space.Request("printf made > out.txt", "out.txt");
        var result = await RunAsync(Launcher(Servers.Site(false, 1, Servers.A), Patient, host => new ChangedOutputs(Staging(host, shell))), request);
        Assert.Equal((LaunchEnd.Exited, 0, ""), (result.End, result.ExitCode, result.Message));
        Assert.Equal(("made", 1), (await File.ReadAllTextAsync(PathOf(request, "out.txt")), shell.Opened));
    }

    /// <summary>A shell is slow with long texts, and names are one.</summary>
    [Theory]
    [InlineData(20, 0)]
    [InlineData(300, 1)]
    public async Task Outputs_OfATree_NeedASessionOnlyWhereTheirNamesAreLong(int count, int sessions)
    {
        var shell = new CountingShell();
        var request = Space.Request($"mkdir tree; for i in $(seq {count}); do printf 1 > tree/$(printf %0100d $i); done; echo said", "tree/");
        var result = await RunAsync(Launcher(Servers.Site(false, 1, Servers.A), Patient, host => Staging(host, shell)), request);
        Assert.Equal((LaunchEnd.Exited, 0, ""), (result.End, result.ExitCode, result.Message));
        Assert.Equal((count, sessions, "said"), (Directory.GetFiles(PathOf(request, "tree")).Length, shell.Opened, Assert.Single(Space.Lines)));
    }

    [Theory]
    [InlineData("printf 'a\\0b\\377' > out.txt")]
    [InlineData("printf '\\n\\n' > out.txt")]
    [InlineData(": > out.txt")]
    public async Task Output_OfAnyBytes_ComesAsItIs(string script)
    {
        var (shell, here) = (new CountingShell(), Path.Combine(Space.Root, "out.txt"));
        var request = Space.Request(script, "out.txt");
        using var local = System.Diagnostics.Process.Start(new System.Diagnostics.ProcessStartInfo("/bin/sh", ["-c", script]) { WorkingDirectory = Space.Root })!;
        await local.WaitForExitAsync();
        Assert.Equal(LaunchEnd.Exited, (await RunAsync(Launcher(Servers.Site(false, 1, Servers.A), Patient, host => Staging(host, shell)), request)).End);
        Assert.Equal((Convert.ToHexString(await File.ReadAllBytesAsync(here)), 0), (Convert.ToHexString(await File.ReadAllBytesAsync(PathOf(request, "out.txt"))), shell.Opened));
    }

    [Fact]
    public async Task Outputs_OfHostileNames_ComeInTheConversation()
    {
        var shell = new CountingShell();
        var request = Space.Request("mkdir tree; printf 1 > tree/-n; printf 2 > \"tree/it's \\\"\"; printf 3 > 'tree/$(id)'; printf 4 > 'tree/@r 1 {}'", "tree/");
        var result = await RunAsync(Launcher(Servers.Site(false, 1, Servers.A), Patient, host => Staging(host, shell)), request);
        Assert.Equal((LaunchEnd.Exited, 0, ""), (result.End, result.ExitCode, result.Message));
        Assert.Equal(["$(id)=3", "-n=1", "@r 1 {}=4", "it's \"=2"], Directory.GetFiles(PathOf(request, "tree")).Select(file => $"{Path.GetFileName(file)}={File.ReadAllText(file)}").Order(StringComparer.Ordinal));
        Assert.Equal(0, shell.Opened);
    }

    [Fact]
    public void Files_ThatComeAfterTheEndWasSeen_AreLeftAlone()
    {
        var request = Space.Request("true");
        var attempt = new NodeAttempt(1, request, "/root", new LogFollower(new FileLogSource(request.LogFile), request, isCopied: false, onLine: null), null);
        var attempts = new HostAttempts("host", Usual, TimeProvider.System);
        attempts.Add(attempt);
        attempts.Hear(new NodeAnswer('r', 1, "{}"), null);
        attempts.Hear(new NodeAnswer('w', 1, "0"), null);
        attempts.Hear(new NodeAnswer('f', 1, "bWFkZQ=="), null);
        Assert.Null(attempt.Brought.Take([], "files", ["log"]));
    }

    private ShippedStaging Staging(RemoteHost host, CountingShell shell) => new(Servers.Site(false, 1, Servers.A), shell.Of(host.Shell), () => host.Scratch, host.RoomAsync, host.DropAsync);

    /// <summary>Counts transfers; what collects old files is none.</summary>
    private sealed class CountingShell : IStreamShell
    {
        private IStreamShell? _shell;

        public int Opened { get; private set; }

        public string Name => _shell!.Name;

        public CountingShell Of(IStreamShell shell)
        {
            _shell = shell;
            return this;
        }

        public Task<IShellProcess> OpenAsync(string script, CancellationToken cancellation)
        {
            Opened++;
            return _shell!.OpenAsync(script, cancellation);
        }

        public Task<ShellAnswer> RunAsync(string script, string? input, CancellationToken cancellation) => _shell!.RunAsync(script, input, cancellation);
    }

    /// <summary>The bytes that came with the end are others than those that were sent.</summary>
    private sealed class ChangedOutputs(IAttemptStaging staging) : IAttemptStaging
    {
        public Task<AttemptPlace> SendAsync(LaunchRequest request, CancellationToken cancellation) => staging.SendAsync(request, cancellation);

        public Task BringBackAsync(LaunchRequest request, AttemptPlace place, AttemptResult result, CancellationToken cancellation)
        {
            Assert.NotNull(result.Brought!.Take(result.Outputs, "files", ["log"]));
            var brought = new BroughtFiles();
            brought.Expect("0");
            brought.Append(Convert.ToBase64String("MADE"u8));
            return staging.BringBackAsync(request, place, result with { Brought = brought }, cancellation);
        }

        public Task RemoveAsync(AttemptPlace place, CancellationToken cancellation) => staging.RemoveAsync(place, cancellation);
    }
}
