using ScaleMs.Launchers.Remote;
using ScaleMs.Launchers.Ssh;

namespace ScaleMs.Ssh.Tests;

/// <summary>Which attempts the collection at a site removes.</summary>
public sealed class CollectedAttemptsTests : IDisposable
{
    private readonly string _scratch = Directory.CreateTempSubdirectory("scalems 'collect' ").FullName;

    public CollectedAttemptsTests() => Directory.CreateDirectory(Path.Combine(_scratch, "blobs/sha256"));

    private static string Host => File.ReadAllText("/proc/sys/kernel/hostname");

    private static string Boot => File.ReadAllText("/proc/sys/kernel/random/boot_id");

    [Theory]
    [InlineData(2, false)]
    [InlineData(25, true)]
    public async Task Attempt_ThatNobodyHasBegun_GoesAfterADay(int hours, bool isGone)
    {
        Attempt();
        Assert.Equal(isGone, await IsCollectedAsync(hours));
    }

    [Theory]
    [InlineData(2, false)]
    [InlineData(25, true)]
    public async Task Room_ThatNobodyUsed_GoesAfterADay(int hours, bool isGone)
    {
        Directory.CreateDirectory(Path.Combine(_scratch, "attempts/one/claim"));
        Assert.Equal(isGone, await IsCollectedAsync(hours));
    }

    [Fact]
    public async Task Attempt_ThatMayStandInAQueue_IsKept()
    {
        Attempt();
        Assert.False(await IsCollectedAsync(25, string.Empty));
    }

    [Fact]
    public async Task Attempt_OfAnEarlierBoot_Goes()
    {
        Claim(Attempt(), Host, "another", Environment.ProcessId);
        Assert.True(await IsCollectedAsync(2));
    }

    [Fact]
    public async Task Attempt_WhoseWrapperIsDead_Goes()
    {
        using var dead = System.Diagnostics.Process.Start("/bin/true");
        await dead.WaitForExitAsync();
        Claim(Attempt(), Host, Boot, dead.Id);
        Assert.True(await IsCollectedAsync(2));
    }

    [Fact]
    public async Task Attempt_WhoseWrapperDiedAMomentAgo_IsKept()
    {
        Claim(Attempt(), Host, "another", Environment.ProcessId);
        Assert.False(await IsCollectedAsync(0));
    }

    [Fact]
    public async Task Attempt_ThatLives_IsKeptForEver()
    {
        Claim(Attempt(), Host, Boot, Environment.ProcessId);
        Assert.False(await IsCollectedAsync(10_000));
    }

    [Fact]
    public async Task Attempt_OnAnotherMachine_IsKept()
    {
        Claim(Attempt(), "elsewhere", "another", 1);
        Assert.False(await IsCollectedAsync(25));
    }

    [Fact]
    public async Task Attempt_ThatHasEnded_IsKeptForTheNextClient()
    {
        var root = Attempt();
        Claim(root, Host, "another", 1);
        await File.WriteAllTextAsync(Path.Combine(root, AttemptFiles.Result), "{}");
        Assert.False(await IsCollectedAsync(25));
        Assert.True(await IsCollectedAsync(24 * 15));
    }

    public void Dispose() => Directory.Delete(_scratch, recursive: true);

    private static void Claim(string root, string host, string boot, int process)
    {
        var claim = Directory.CreateDirectory(Path.Combine(root, AttemptFiles.Claim)).FullName;
        File.WriteAllText(Path.Combine(claim, "host"), host);
        File.WriteAllText(Path.Combine(claim, "boot"), boot);
        File.WriteAllText(Path.Combine(claim, "pid"), FormattableString.Invariant($"{process}\n"));
    }

    private string Attempt()
    {
        var root = Directory.CreateDirectory(Path.Combine(_scratch, "attempts/one")).FullName;
        File.WriteAllText(Path.Combine(root, AttemptFiles.Order), "secret");
        return root;
    }

    /// <summary>Collects some hours from now: the time of a change cannot be set.</summary>
    private async Task<bool> IsCollectedAsync(int hours, string unbegun = "unbegun_seconds=86400")
    {
        var settings = FormattableString.Invariant($"scratch={ShellWord.Of(_scratch)} most_bytes=1000 most_seconds={14 * 24 * 3600} {unbegun}\ndate() {{ echo {DateTimeOffset.UtcNow.ToUnixTimeSeconds() + (hours * 3600)}; }}\n");
        var answer = await new LocalShell().RunAsync(settings + NodeText.Collect, null, CancellationToken.None);
        Assert.Equal((0, string.Empty), (answer.ExitCode, answer.Errors));
        return !Directory.Exists(Path.Combine(_scratch, "attempts/one"));
    }
}
