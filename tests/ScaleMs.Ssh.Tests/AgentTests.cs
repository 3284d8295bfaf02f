using System.Diagnostics;
using ScaleMs.Launchers.Remote;
using ScaleMs.Launchers.Ssh;

namespace ScaleMs.Ssh.Tests;

/// <summary>The script that hears the calls of a conversation, run by shells of this machine.</summary>
public sealed class AgentTests : IDisposable
{
    private readonly string _scratch = Directory.CreateTempSubdirectory("scalems 'agent' ").FullName;
    private Process? _agent;

    public static TheoryData<string> Shells { get; } = ["dash", "bash", "busybox sh"];

    [Theory]
    [MemberData(nameof(Shells))]
    public async Task Attempt_ThatIsSentByOneCall_IsStarted(string shell)
    {
        Begin(shell);
        await CallAsync("rooms a b", $"send 7 a && {{ {await ShellAsync("echo ran")}; }} 2> /dev/null; sent $?");
        Assert.StartsWith("@r 7 {", await AnswerAsync(), StringComparison.Ordinal);
        Assert.Equal("ran\n", await File.ReadAllTextAsync(Path.Combine(_scratch, "attempts/a/log")));
        Assert.Equal("two\nlines\n", await File.ReadAllTextAsync(Path.Combine(_scratch, "attempts/a/files/sub/it's")));
        Assert.True(Directory.Exists(Path.Combine(_scratch, "attempts/b/claim")));
    }

    [Theory]
    [MemberData(nameof(Shells))]
    public async Task Attempt_ThatIsSentTwice_IsRefusedAndRunsOnce(string shell)
    {
        Begin(shell);
        var call = $"&& {{ {await ShellAsync("echo ran")}; }} 2> /dev/null; sent $?";
        await CallAsync("rooms a", $"send 7 a {call}");
        Assert.StartsWith("@r 7 {", await AnswerAsync(), StringComparison.Ordinal);
        await CallAsync($"send 8 a {call}");
        Assert.Equal("@p 8", await AnswerAsync());
        Assert.Equal("ran\n", await File.ReadAllTextAsync(Path.Combine(_scratch, "attempts/a/log")));
    }

    [Theory]
    [MemberData(nameof(Shells))]
    public async Task Attempt_WhoseInputArrivesChanged_IsRefused(string shell)
    {
        Begin(shell);
        var call = await ShellAsync("echo ran");
        await CallAsync("rooms a", $"send 7 a && {{ {call.Replace("two", "TWO", StringComparison.Ordinal)}; }} 2> /dev/null; sent $?");
        Assert.Equal("@p 7", await AnswerAsync());
        Assert.False(File.Exists(Path.Combine(_scratch, "attempts/a/claim/open")));
    }

    [Theory]
    [MemberData(nameof(Shells))]
    public async Task Attempt_WithoutARoom_IsRefused(string shell)
    {
        Begin(shell);
        await CallAsync($"send 7 a && {{ {await ShellAsync("echo ran")}; }} 2> /dev/null; sent $?");
        Assert.Equal("@p 7", await AnswerAsync());
    }

    [Theory]
    [MemberData(nameof(Shells))]
    public async Task Room_ToWhichNobodyHasSent_IsToldAsOneAndTakesNoLateCall(string shell)
    {
        Begin(shell);
        await CallAsync("rooms a", $"look 1 7 - {RootOf("a")}", $"send 8 a && {{ {await ShellAsync("echo ran")}; }} 2> /dev/null; sent $?");
        Assert.Equal("@p 7", await AnswerAsync());
        Assert.Equal("@p 8", await AnswerAsync());
        Assert.False(File.Exists(Path.Combine(_scratch, "attempts/a/claim/open")));
    }

    [Theory]
    [MemberData(nameof(Shells))]
    public async Task Room_ToWhichSomebodyMaySendYet_IsLeftAlone(string shell)
    {
        Begin(shell);
        var order = Path.Combine(_scratch, "attempts/a/order.sh");
        await CallAsync("rooms a", $"printf begun > {ShellWord.Of(order)}", $"look 1 7 - {RootOf("a")}");
        Assert.Equal("@q 7", await AnswerAsync());
        Assert.Equal("begun", await File.ReadAllTextAsync(order));
    }

    [Theory]
    [MemberData(nameof(Shells))]
    public async Task Stir_OfAWrapperThatWasKilled_SparesWhoHasItsNumberNow(string shell)
    {
        Begin(shell);
        using var other = Process.Start("sleep", "60");
        await CallAsync("rooms a b", $"printf '{other.Id}\\n' > {RootOf("a")}/claim/pid", $"stir {RootOf("a")}", $"look 1 7 - {RootOf("b")}");
        Assert.Equal("@p 7", await AnswerAsync());
        Assert.False(other.WaitForExit(TimeSpan.FromMilliseconds(200)));
        other.Kill();
    }

    public void Dispose()
    {
        if (_agent is not null)
        {
            _agent.StandardInput.Close();
            _agent.WaitForExit();
            _agent.Dispose();
        }

        Directory.Delete(_scratch, recursive: true);
    }

    private void Begin(string shell)
    {
        var words = shell.Split(' ');
        Assert.SkipUnless(File.Exists($"/bin/{words[0]}"), $"there is no {shell}");
        _agent = Process.Start(new ProcessStartInfo($"/bin/{words[0]}", [.. words[1..], "-c", NodeText.Agent]) { RedirectStandardInput = true, RedirectStandardOutput = true })!;
        _agent.StandardInput.Write($"start {CallWord.Of(WrapperFile.Put(_scratch))}\n");
    }

    private string RootOf(string room) => ShellWord.Of(Path.Combine(_scratch, "attempts", room));

    private async Task CallAsync(params string[] calls)
    {
        await _agent!.StandardInput.WriteAsync(string.Concat(calls.Select(call => call + "\n")));
        await _agent.StandardInput.FlushAsync();
    }

    /// <summary>The next answer that is neither the greeting nor that of a look.</summary>
    private async Task<string> AnswerAsync()
    {
        var line = string.Empty;
        while (line.Length == 0 || line.StartsWith("@h", StringComparison.Ordinal) || line.StartsWith("@a", StringComparison.Ordinal))
        {
            line = await _agent!.StandardOutput.ReadLineAsync().WaitAsync(TimeSpan.FromSeconds(30)) ?? throw new EndOfStreamException("the agent has ended");
        }

        return line;
    }

    /// <summary>What makes an attempt with an input in a folder of its own.</summary>
    private async Task<string> ShellAsync(string script)
    {
        using var space = new SshSpace();
        var request = space.Request(script);
        var input = Path.Combine(space.Root, "input");
        await File.WriteAllTextAsync(input, "two\nlines\n");
        var blob = new ShippedEntry.Blob("files/sub/it's", input, 10, Core.Digests.Digest.OfText("two\nlines\n"), false);
        var order = OrderText.Of(request, new Launchers.Sites.SiteProfile { Name = "here", Launcher = "ssh" }, new AttemptPlace(Path.GetDirectoryName(request.Directory)!, Path.Combine(_scratch, "attempts/a")));
        var shipment = new Shipment("attempts/a", [new ShippedEntry.Folder("files"), new ShippedEntry.Folder("files/sub"), blob, new ShippedEntry.Private(AttemptFiles.Order, System.Text.Encoding.UTF8.GetBytes(order)), new ShippedEntry.Folder(AttemptFiles.Claim), new ShippedEntry.Private(AttemptFiles.OpenClaim, [])]);
        return (await SmallShipment.ShellOfAsync(_scratch, shipment, CancellationToken.None))!;
    }
}
