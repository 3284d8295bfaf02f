using ScaleMs.Core.Ports;
using ScaleMs.Launchers.Local;
using Xunit;

namespace ScaleMs.Launchers.Tests;

public sealed class MemoryLimitTests : IDisposable
{
    private const long Mebibyte = 1 << 20;

    /// <summary>Keeps some 200 MiB: the last bytes of a pipe of unknown length.</summary>
    private const string Large = "(head -c 220000000 /dev/zero; : > ready; sleep 1000) | tail -c 210000000 > /dev/null";

    private readonly LaunchSpace _space = new();

    public void Dispose() => _space.Dispose();

    [Fact]
    public async Task Tree_WithMoreMemoryThanItsLimit_IsEndedAndSaysSo()
    {
        var result = await _space.RunAsync(_space.Request(LaunchSpace.Shell(Large + " & wait")) with { MemoryLimitBytes = 100 * Mebibyte });
        Assert.Equal(LaunchEnd.OutOfMemory, result.End);
        Assert.Matches("^it had [0-9]+ MiB of memory, more than the 100 MiB that it claims$", result.Message);
        Assert.Empty(AttemptMarker.Find(_space.Directory));
    }

    [Fact]
    public async Task Tree_ThatIgnoresTerm_IsKilledAfterTheGrace()
    {
        var request = _space.Request(LaunchSpace.Shell("trap '' TERM; " + Large)) with { MemoryLimitBytes = 100 * Mebibyte, Grace = TimeSpan.FromMilliseconds(200) };
        Assert.Equal(LaunchEnd.OutOfMemory, (await _space.RunAsync(request)).End);
        Assert.Empty(AttemptMarker.Find(_space.Directory));
    }

    /// <summary>Found with the whole tree, which is looked at every five seconds.</summary>
    [Fact]
    public async Task Process_ThatLeftTheSession_CountsToo()
    {
        var request = _space.Request(LaunchSpace.Shell($"setsid sh -c '{Large}' & sleep 1000")) with { MemoryLimitBytes = 100 * Mebibyte };
        Assert.Equal(LaunchEnd.OutOfMemory, (await _space.RunAsync(request)).End);
    }

    [Fact]
    public async Task Tree_WithLessMemoryThanItsLimit_GoesOn()
    {
        var request = _space.Request(LaunchSpace.Shell("head -c 40000000 /dev/zero | tail -c 30000000 | wc -c; sleep 1.2")) with { MemoryLimitBytes = 300 * Mebibyte };
        var result = await _space.RunAsync(request);
        Assert.Equal((LaunchEnd.Exited, 0), (result.End, result.ExitCode));
    }

    /// <summary>Eight processes map the same file: each has it resident, all together have it once.</summary>
    [Fact]
    public async Task SharedMemory_OfManyProcesses_CountsOnce()
    {
        await File.WriteAllBytesAsync(_space.PathOf("large"), new byte[60 * Mebibyte]);
        const string map = """
            import mmap, os, time
            with open('large', 'rb') as file: pages = mmap.mmap(file.fileno(), 0, prot=mmap.PROT_READ)
            for child in range(7):
                if os.fork() == 0:
                    sum(pages[i] for i in range(0, len(pages), 4096)); time.sleep(1.5); os._exit(0)
            for child in range(7): os.wait()
            """;
        Assert.SkipUnless(File.Exists("/usr/bin/python3"), "needs python3 to map a file");
        var request = _space.Request(new LaunchCommand("/usr/bin/python3", ["-c", map], null, null)) with { MemoryLimitBytes = 250 * Mebibyte };
        var result = await _space.RunAsync(request);
        Assert.Equal((LaunchEnd.Exited, 0), (result.End, result.ExitCode));
    }

    [Fact]
    public async Task Signal9_WhileTheSystemEndedOneOfOursForWantOfMemory_IsOutOfMemory()
    {
        var counter = await CounterAsync("oom_kill_disable 0\noom_kill 3\n");
        var result = await RunAsync("printf 'oom_kill_disable 0\noom_kill 4\n' > counter; kill -9 $$", new OomKills(counter, "/proc/none"));
        Assert.Equal((LaunchEnd.OutOfMemory, "the system ended one of its processes for want of memory"), (result.End, result.Message));
    }

    /// <summary>Another program of the machine lost its memory; somebody killed the step.</summary>
    [Fact]
    public async Task Signal9_WhileTheSystemEndedSomebodyElse_IsNoWantOfMemory()
    {
        var group = _space.PathOf("group");
        await File.WriteAllTextAsync(group, "oom_kill 3\n");
        var result = await RunAsync("printf 'oom_kill 4\n' > counter; kill -9 $$", new OomKills(group, await CounterAsync("oom_kill 3\n")));
        Assert.Equal((LaunchEnd.Exited, 137), (result.End, result.ExitCode));
    }

    [Fact]
    public async Task Signal9_WhileTheSystemDoesNotTellWhomItEnded_IsPossiblyAWantOfMemory()
    {
        var counter = await CounterAsync("nr_free_pages 1\noom_kill 3\n");
        var result = await RunAsync("printf 'nr_free_pages 1\noom_kill 4\n' > counter; kill -9 $$", new OomKills(null, counter));
        Assert.Equal(LaunchEnd.OutOfMemory, result.End);
        Assert.Contains("possibly this one", result.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("kill -9 $$", 137)]
    [InlineData("printf 'oom_kill 4\\n' > counter; exit 1", 1)]
    [InlineData("printf 'oom_kill 4\\n' > counter; kill -15 $$", 143)]
    public async Task OtherEnds_AreToldAsTheyAre(string script, int exitCode)
    {
        var result = await RunAsync(script, new OomKills(null, await CounterAsync("oom_kill 3\n")));
        Assert.Equal((LaunchEnd.Exited, exitCode), (result.End, result.ExitCode));
    }

    [Theory]
    [InlineData("oom_kill 7\n", 7)]
    [InlineData("pgfault 1\noom_kill 12\nunevictable_pgs 0\n", 12)]
    [InlineData("low 0\noom 5\noom_kill 2\noom_group_kill 9\n", 2)]
    [InlineData("oom_kill_disable 1\nunder_oom 0\noom_kill 1\n", 1)]
    [InlineData("oom_kill_disable 1\nunder_oom 0\n", 0)]
    [InlineData("oom_kill many\n", 0)]
    [InlineData("", 0)]
    public void Count_IsReadOutOfEachFileThatTellsIt(string text, long wanted)
    {
        File.WriteAllText(_space.PathOf("counts"), text);
        Assert.Equal(wanted, new OomKills("/proc/none", _space.PathOf("counts")).Count());
        Assert.Equal(wanted, new OomKills(_space.PathOf("counts"), "/proc/none").Count());
    }

    private async Task<string> CounterAsync(string text)
    {
        await File.WriteAllTextAsync(_space.PathOf("counter"), text);
        return _space.PathOf("counter");
    }

    private async Task<LaunchResult> RunAsync(string script, OomKills kills)
    {
        using var attempt = new PosixAttempt(_space.Request(LaunchSpace.Shell(script)), null, CancellationToken.None) { OomKills = kills };
        return await attempt.RunAsync();
    }
}
