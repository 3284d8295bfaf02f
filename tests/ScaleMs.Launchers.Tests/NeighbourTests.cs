using System.Diagnostics;
using System.Globalization;
using ScaleMs.Core.Ports;
using ScaleMs.Launchers.Local;
using Xunit;

namespace ScaleMs.Launchers.Tests;

/// <summary>Commands beside other commands, and beside children that the host starts by itself.</summary>
/// <remarks>These tests run alone, because descriptors and children are counted.</remarks>
[CollectionDefinition(nameof(NeighbourTests), DisableParallelization = true)]
[Collection(nameof(NeighbourTests))]
public sealed class NeighbourTests : IDisposable
{
    private readonly LaunchSpace _space = new();

    public void Dispose() => _space.Dispose();

    [Fact]
    public async Task Commands_FiveHundredQuickOnes_LeaveNoDescriptorAndNoZombie()
    {
        await RunManyAsync(20);
        var before = Descriptors();
        await RunManyAsync(500);
        var after = Descriptors();

        // The runtime opens some of its own when it likes (assemblies, timers); a command that leaves even one in ten would show.
        Assert.InRange(after.Count, 0, before.Count + 49);
        Assert.DoesNotContain(after, target => target.StartsWith(_space.Root, StringComparison.Ordinal));
        Assert.DoesNotContain(ProcFiles.Pids(), pid => ProcFiles.ParentOf(pid) == Environment.ProcessId);
    }

    [Fact]
    public async Task Children_OfSystemDiagnosticsProcess_AreUnaffected()
    {
        var theirs = Enumerable.Range(0, 60).Select(StartProcessAsync).ToList();
        var ours = Enumerable.Range(0, 60).Select(code => RunAsync(LaunchSpace.Shell($"sleep 0.0{code % 10}; exit {code}"))).ToList();
        Assert.Equal(Enumerable.Range(0, 60), await Task.WhenAll(theirs));
        Assert.Equal(Enumerable.Range(0, 60), (await Task.WhenAll(ours)).Select(result => result.ExitCode));
    }

    private static async Task<int> StartProcessAsync(int code)
    {
        using var process = Process.Start("/bin/sh", ["-c", $"sleep 0.0{code % 10}; exit {code.ToString(CultureInfo.InvariantCulture)}"]);
        await process.WaitForExitAsync();
        return process.ExitCode;
    }

    private async Task RunManyAsync(int count)
    {
        var commands = Enumerable.Range(0, count).Select(_ => new LaunchCommand("/bin/true", [], "text", null));
        foreach (var batch in commands.Chunk(10))
        {
            await Task.WhenAll(batch.Select(command => RunAsync(command)));
        }
    }

    /// <summary>Each in an attempt of its own: attempts never share a directory, and what bears one's marker ends with it.</summary>
    private async Task<LaunchResult> RunAsync(LaunchCommand command)
    {
        var directory = Directory.CreateDirectory(Path.Combine(_space.Root, Guid.NewGuid().ToString("N"))).FullName;
        return await _space.RunAsync(_space.Request(command) with { Directory = directory, LogFile = directory + ".log" });
    }

    /// <summary>What this process's open descriptors lead to.</summary>
    private static List<string> Descriptors()
    {
        GC.Collect();
        GC.WaitForPendingFinalizers();
        return Directory.GetFileSystemEntries("/proc/self/fd").Select(entry => new FileInfo(entry).LinkTarget ?? string.Empty).ToList();
    }
}
