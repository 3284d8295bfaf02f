using System.IO.Pipes;
using ScaleMs.Core.Ports;
using ScaleMs.Launchers.Local;
using Xunit;

namespace ScaleMs.Launchers.Tests;

/// <summary>What a command gets, and what it does not get, from the request and from the host.</summary>
public sealed class InheritanceTests : IDisposable
{
    /// <summary>Signals 32 and 33, which glibc keeps to itself and sets up anew in each program.</summary>
    private const long UsedByTheCLibrary = 0x180000000;

    private readonly LaunchSpace _space = new();

    public void Dispose() => _space.Dispose();

    [Fact]
    public async Task Arguments_OfAllKinds_ArriveUnchanged()
    {
        string[] arguments = ["two words", "a\nb", "'\"\\$HOME`*", "", "Å→🧬", " ", "-n", new string('x', 100_000)];
        var words = await NulSeparated(LaunchSpace.Shell("cat /proc/$$/cmdline; :", arguments));
        Assert.Equal(["/bin/sh", "-c", "cat /proc/$$/cmdline; :", "sh", .. arguments], words);
    }

    [Fact]
    public async Task Environment_OfTheHost_DoesNotArrive()
    {
        var request = _space.Request(new LaunchCommand("/usr/bin/env", ["-0"], null, _space.PathOf("out")));
        var variables = new Dictionary<string, string> { ["A"] = "1", ["LINES"] = "a\nb=c", ["EMPTY"] = string.Empty, ["É"] = "é" };
        await _space.RunAsync(request with { Environment = variables });
        string[] expected = ["A=1", "LINES=a\nb=c", "EMPTY=", "É=é", $"SCALEMS_ATTEMPT={_space.Directory}"];
        Assert.Equal(expected.Order(StringComparer.Ordinal), _space.Read("out").TrimEnd('\0').Split('\0').Order(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Directory_OfTheCommand_IsPrivateAndTheHostsStays(bool hasSpawnDirectory)
    {
        var before = Environment.CurrentDirectory;
        var request = _space.Request(LaunchSpace.Shell("pwd -P; : > made"));
        using var attempt = new PosixAttempt(request, null, CancellationToken.None) { HasSpawnDirectory = hasSpawnDirectory };
        var result = await attempt.RunAsync();
        Assert.Equal((LaunchEnd.Exited, 0, string.Empty), (result.End, result.ExitCode, result.Message));
        Assert.Equal(_space.Directory + "\n", _space.Log);
        Assert.True(_space.Has("made"));
        Assert.Equal(before, Environment.CurrentDirectory);
    }

    [Fact]
    public async Task Signals_OfTheHost_AreAtTheirDefaultsInTheCommand()
    {
        await _space.RunAsync(new LaunchCommand("/bin/cat", ["/proc/self/status"], null, null));
        Assert.Equal((0L, 0L), (Signals("SigBlk:"), Signals("SigIgn:") & ~UsedByTheCLibrary));
    }

    private long Signals(string name) =>
        Convert.ToInt64(_space.Log.Split('\n').Single(line => line.StartsWith(name, StringComparison.Ordinal))[name.Length..].Trim(), 16);

    [Fact]
    public async Task Pipe_ReaderEnds_WriterDiesOfItQuietly()
    {
        var result = await _space.RunAsync(LaunchSpace.Shell("yes | head -n 1; yes > /dev/full"));
        Assert.StartsWith("y\n", _space.Log, StringComparison.Ordinal);
        Assert.DoesNotContain("Broken pipe", _space.Log, StringComparison.Ordinal);
        Assert.Equal(1, result.ExitCode);
    }

    [Fact]
    public async Task Descriptors_OfTheHost_AreClosedInTheCommand()
    {
        using var inheritable = new AnonymousPipeServerStream(PipeDirection.Out, HandleInheritability.Inheritable);
        await _space.RunAsync(LaunchSpace.Shell("cd /proc/$$/fd; for f in *; do readlink $f; done"));
        Assert.DoesNotContain("pipe:", _space.Log, StringComparison.Ordinal);
        Assert.Contains("/dev/null", _space.Log, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Session_OfTheCommand_IsItsOwn()
    {
        await _space.RunAsync(LaunchSpace.Shell("cut -d' ' -f1,5,6 /proc/$$/stat"));
        var ids = _space.Log.Trim().Split(' ');
        Assert.Equal([ids[0], ids[0], ids[0]], ids);
    }

    [Fact]
    public async Task Input_NotGiven_IsEmpty()
    {
        var count = new LaunchCommand("/usr/bin/wc", ["-c"], null, null);
        await _space.RunAsync(count, count with { StandardInput = string.Empty });
        Assert.Equal("0\n0\n", _space.Log);
    }

    [Fact]
    public async Task Input_OfOneMegabyte_ArrivesWhole()
    {
        var text = string.Concat(Enumerable.Range(0, 150_000).Select(i => $"{i}é\n"));
        await _space.RunAsync(new LaunchCommand("/bin/cat", [], text, _space.PathOf("out")));
        Assert.True(text.Length > 1 << 20);
        Assert.Equal(text, _space.Read("out"));
        Assert.Equal([_space.LogFile], Directory.GetFiles(_space.Root));
    }

    [Fact]
    public async Task Input_IsNotRead_DisturbsNobody()
    {
        var result = await _space.RunAsync(LaunchSpace.Shell("exit 7") with { StandardInput = new string('x', 1 << 20) });
        Assert.Equal((LaunchEnd.Exited, 7), (result.End, result.ExitCode));
    }

    private async Task<string[]> NulSeparated(LaunchCommand command)
    {
        await _space.RunAsync(command with { StandardOutput = _space.PathOf("out") });
        return _space.Read("out")[..^1].Split('\0');
    }
}
