using ScaleMs.Core.Model;
using ScaleMs.Core.Ports;
using ScaleMs.Slurm.Tests.Cluster;
using Xunit;

namespace ScaleMs.Slurm.Tests;

/// <summary>How attempts end on a real Slurm.</summary>
public sealed class EndTests(SlurmCluster cluster)
{
    [Fact]
    public async Task Run_CommandsSucceed_ExitsWithZeroAndTellsNodeAndLines()
    {
        cluster.Require();
        using var space = new SlurmSpace();
        var request = space.Request(SlurmSpace.Shell("echo one; pwd > out"), SlurmSpace.Shell("echo two")) with { Outputs = [new(ArtifactPath.Parse("out"))] };
        var result = await space.RunAsync(request);
        Assert.Equal((LaunchEnd.Exited, 0, 1), (result.End, result.ExitCode, result.CommandIndex));
        Assert.NotEmpty(result.Host);
        Assert.Equal(["one", "two"], space.Lines);
        Assert.Equal(request.Directory, File.ReadAllText(Path.Combine(request.Directory, "out")).Trim());
    }

    [Fact]
    public async Task Run_CommandFails_TellsItsExitCode()
    {
        cluster.Require();
        using var space = new SlurmSpace();
        var result = await space.RunAsync("echo no >&2; exit 3");
        Assert.Equal((LaunchEnd.Exited, 3), (result.End, result.ExitCode));
        Assert.Equal(["no"], space.Lines);
    }

    [Fact]
    public async Task Run_LongerThanItsLimit_TimesOutBeforeSlurmEndsIt()
    {
        cluster.Require();
        using var space = new SlurmSpace();
        var result = await space.RunAsync(space.Request(SlurmSpace.Shell("sleep 600")) with { TimeLimit = TimeSpan.FromSeconds(1) });
        Assert.Equal(LaunchEnd.TimedOut, result.End);
    }

    [Fact]
    public async Task Run_MoreMemoryThanItsLimit_IsOutOfMemoryAndSaysSo()
    {
        cluster.Require();
        using var space = new SlurmSpace();
        var request = space.Request(SlurmSpace.Shell("head -c 200000000 /dev/zero | tail -c 200000000 | { sleep 600; cat; } > /dev/null"));
        var result = await space.RunAsync(request with { MemoryLimitBytes = 64 << 20 });
        Assert.Equal(LaunchEnd.OutOfMemory, result.End);
        Assert.Contains("memory", result.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Run_MoreMemoryThanItsJobAskedFor_IsEndedBySlurmAndIsOutOfMemory()
    {
        cluster.Require();
        cluster.RequireMemoryLimits();
        using var space = new SlurmSpace("frail");
        var hungry = SlurmSpace.Shell("head -c 300000000 /dev/zero | tail -c 290000000 > big");
        var result = await space.RunAsync(space.Request(hungry) with { Granted = new Resources(MemoryBytes: 60 << 20) });
        Assert.Equal(LaunchEnd.OutOfMemory, result.End);
        Assert.Contains("memory", result.Message, StringComparison.Ordinal);
        var fed = space.Request(hungry) with { Granted = new Resources(MemoryBytes: 600 << 20) };
        result = await space.RunAsync(fed);
        Assert.Equal((LaunchEnd.Exited, 0, 290_000_000L), (result.End, result.ExitCode, new FileInfo(Path.Combine(fed.Directory, "big")).Length));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Run_WhoseWrapperIsKilled_IsALostNodeAndLeavesNobody(bool isWatchKilled)
    {
        cluster.Require();
        using var space = new SlurmSpace();
        var request = space.Request(SlurmSpace.Shell("sh -c 'echo $$ > inner; exec sleep 600' & echo $$ > self; while [ ! -s inner ]; do sleep 0.05; done; touch ready; wait; echo made > out"));
        var run = space.RunAsync(request with { Outputs = [new(ArtifactPath.Parse("out"))] });
        await Poll.UntilAsync(() => SlurmSpace.Has(request, "ready"));
        var wrapper = File.ReadAllText(Path.Combine(SlurmSpace.RootOf(request), "claim/pid")).Trim();
        var both = Directory.EnumerateDirectories("/proc").Select(path => Path.GetFileName(path)).Where(id => CommandOf(id) is var words && words.Contains("/wrapper-", StringComparison.Ordinal) && words.Contains(space.Root, StringComparison.Ordinal));
        await cluster.AdminAsync($"kill -KILL {(isWatchKilled ? string.Join(' ', both) : wrapper)}");
        Assert.Equal(LaunchEnd.NodeLost, (await run).End);
        if (isWatchKilled)
        {
            await cluster.AdminAsync($"/bin/sh '{Directory.GetFiles(Path.Combine(space.Work, ".wrapper")).Single()}' --end '{SlurmSpace.RootOf(request)}'");
        }

        await Poll.UntilAsync(() => new[] { "self", "inner" }.All(file => CommandOf($"{SlurmSpace.ReadPid(request, file)}").Length == 0));
        Assert.False(SlurmSpace.Has(request, "out"));
    }

    /// <summary>Empty for one that is gone or a zombie.</summary>
    private static string CommandOf(string id)
    {
        try
        {
            return File.ReadAllText($"/proc/{id}/cmdline");
        }
        catch (IOException)
        {
            return string.Empty;
        }
    }

    [Fact]
    public async Task Run_HostileTexts_AreTakenForWhatTheyAre()
    {
        cluster.Require();
        using var space = new SlurmSpace();
        string[] texts = ["a b", "$(touch owned)", "`touch owned`", "'; touch owned; '", "\"", "new\nline", "*", "\\", "-n", "", "é", "$HOME", "!x", "#"];
        var request = space.Request("an 'attempt' $(touch owned)", SlurmSpace.Shell("""for a; do printf '%s\0' "$a"; done > out""", texts));
        var result = await space.RunAsync(request);
        Assert.Equal((LaunchEnd.Exited, 0), (result.End, result.ExitCode));
        Assert.Equal([.. texts, string.Empty], File.ReadAllText(Path.Combine(request.Directory, "out")).Split('\0'));
        Assert.Empty(Directory.EnumerateFileSystemEntries(space.Root, "owned", SearchOption.AllDirectories));
    }

    [Fact]
    public async Task Run_RequestThatNoNodeFits_NeverStartsForGood()
    {
        cluster.Require();
        using var space = new SlurmSpace();
        var result = await space.RunAsync(space.Request(SlurmSpace.Shell("true")) with { Granted = new Resources(MemoryBytes: 1L << 40) });
        Assert.Equal((LaunchEnd.NotStarted, true), (result.End, result.IsLasting));
        Assert.Contains("Memory specification can not be satisfied", result.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Run_RequestThatWaitsForever_IsGivenUpWithSlurmsReason()
    {
        cluster.Require();
        using var space = new SlurmSpace();
        var result = await space.RunAsync(space.Request(SlurmSpace.Shell("true")) with { Granted = new Resources(Cpus: 9) });
        Assert.Equal((LaunchEnd.NotStarted, true), (result.End, result.IsLasting));
        Assert.Contains("PartitionConfig", result.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Run_Fifty_AreOneSubmission()
    {
        cluster.Require();
        using var space = new SlurmSpace();
        var results = await Task.WhenAll(Enumerable.Range(0, 50).Select(i => space.RunAsync($"exit {i}")));
        Assert.Equal(Enumerable.Range(0, 50), results.Select(result => result.ExitCode));
        Assert.Equal(1, space.Launcher.Commands.Counts.Submissions);
    }
}
