using System.Diagnostics;
using ScaleMs.Core.Model;
using ScaleMs.Core.Ports;
using ScaleMs.Launchers.Native;
using ScaleMs.Launchers.Remote;
using Xunit;

namespace ScaleMs.Launchers.Tests.Remote;

/// <summary>Nodes that lack something, and nodes that go away.</summary>
public sealed class WrapperNodeTests
{
    public static TheoryData<string> Shells => WrapperSpace.Shells;

    [Theory]
    [MemberData(nameof(Shells))]
    public async Task Node_HasOnlyCoreutils_AllIsDone(string shell)
    {
        using var space = new WrapperSpace(shell);
        space.Node["PATH"] = space.WithoutSetsid();
        const string script = "PATH=/usr/bin; mkdir out; for i in 1 2 3 4 5 6 7 8; do echo $i > out/$i; done; sleep 1000 & setsid sleep 1000 & exit 4";
        var result = await space.RunAsync(space.Request(LaunchSpace.Shell(script)) with { AllowedExitCodes = [4], Outputs = [new LaunchOutput(ArtifactPath.Parse("out"), IsTree: true)] });
        Assert.Equal((LaunchEnd.Exited, 4, 9), (result.End, result.ExitCode, result.Outputs.Count));
        Assert.Empty(space.Left());
    }

    [Theory]
    [MemberData(nameof(Shells))]
    public async Task Disk_GetsFull_ResultSaysSo(string shell)
    {
        using var space = new WrapperSpace(shell);
        space.Order(space.Request(LaunchSpace.Shell("cat /dev/zero > big 2>/dev/null; exit 1")));
        var text = await OnSmallDiskAsync(space, "300k");
        var result = AttemptResult.Read(text);
        Assert.True(result is not null, text);
        Assert.Equal(LaunchEnd.NodeLost, result.End);
        Assert.Contains("disk", result.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Disk_GetsFullWithAllOutputsMade_ResultIsWholeOrSaysSo()
    {
        using var space = new WrapperSpace();
        const string script = "mkdir out; i=0; while [ $i -lt 100 ]; do : > out/a-name-of-forty-characters-so-that-it-counts-$i; i=$((i + 1)); done; cat /dev/zero > big 2>/dev/null; exit 0";
        space.Order(space.Request(LaunchSpace.Shell(script)) with { Outputs = [new LaunchOutput(ArtifactPath.Parse("out"), IsTree: true)] });
        var text = await OnSmallDiskAsync(space, "300k");
        var result = AttemptResult.Read(text);
        Assert.True(result is not null, text);
        Assert.Equal((LaunchEnd.NodeLost, 0), (result.End, result.Outputs.Count));
        Assert.Contains("could not be written", result.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Root_IsReadOnly_WrapperSaysSoAndFails()
    {
        using var space = new WrapperSpace();
        space.Order(space.Request(LaunchSpace.Shell(":")));
        var (exitCode, output) = await InNamespaceAsync(space, "mount --bind \"$1\" \"$1\" && mount -o remount,bind,ro \"$1\" || exit 99; exec \"$2\" \"$3\" \"$1\" 2>&1");
        Assert.Equal((74, $"scalems: the attempt in {space.Root} cannot be claimed: is the disk full or read-only?\n"), (exitCode, output));
    }

    [Theory]
    [MemberData(nameof(Shells))]
    public async Task Job_IsRequeued_SaysPreempted(string shell)
    {
        using var space = new WrapperSpace(shell);
        space.Node["SLURM_JOB_ID"] = "17";
        space.Order(space.Request(LaunchSpace.Shell(": > ready; sleep 1000")));
        using (var first = space.Start())
        {
            await Poll.UntilAsync(() => space.Has("ready"));
            NodeFails(space, first);
        }

        space.Node["SLURM_RESTART_COUNT"] = "1";
        using var second = space.Start();
        await second.WaitForExitAsync();
        Assert.Equal((LaunchEnd.Preempted, "requeue"), (space.Result().End, space.Result().Cause));
    }

    [Fact]
    public async Task Wrappers_StartAtOnce_CommandsRunOnce()
    {
        using var space = new WrapperSpace();
        space.Order(space.Request(LaunchSpace.Shell("echo ran")));
        var wrappers = Enumerable.Range(0, 6).Select(_ => space.Start()).ToList();
        foreach (var wrapper in wrappers)
        {
            await wrapper.WaitForExitAsync();
            Assert.Equal(0, wrapper.ExitCode);
            wrapper.Dispose();
        }

        Assert.Equal("ran\n", space.Log);
    }

    [Theory]
    [MemberData(nameof(Shells))]
    public async Task End_OfADeadWrappersAttempt_LeavesNobody(string shell)
    {
        using var space = new WrapperSpace(shell);
        space.Order(space.Request(LaunchSpace.Shell("trap '' TERM; setsid sleep 1000 & : > ready; while :; do sleep 0.05; done")));
        using var wrapper = space.Start();
        await Poll.UntilAsync(() => space.Has("ready"));
        KillAlone(space, wrapper);
        Assert.NotEmpty(space.Left());
        using var end = Process.Start(space.Shell, [WrapperFile.Put(space.Top), "--end", space.Root]);
        await end.WaitForExitAsync();
        Assert.Empty(space.Left());
        Assert.False(File.Exists(space.PathOf(AttemptFiles.Order)));
    }

    [Fact]
    public async Task Heartbeat_GoesOnWhileTheCommandRuns()
    {
        using var space = new WrapperSpace();
        space.Order(space.Request(LaunchSpace.Shell("until [ -e go ]; do sleep 0.1; done")));
        using var wrapper = space.Start();
        await Poll.UntilAsync(() => Heartbeat(space) == "1");
        await Poll.UntilAsync(() => Heartbeat(space) == "2");
        await File.WriteAllTextAsync(space.FileOf("go"), string.Empty);
        await wrapper.WaitForExitAsync();
    }

    private static string Heartbeat(WrapperSpace space) => File.Exists(space.PathOf(AttemptFiles.Heartbeat)) ? File.ReadAllText(space.PathOf(AttemptFiles.Heartbeat)).Trim() : string.Empty;

    /// <summary>Kills the wrapper and its watch, so that nobody on the node is left to end the commands.</summary>
    private static void KillAlone(WrapperSpace space, Process wrapper)
    {
        var watch = Local.ProcFiles.Pids().Where(pid => Local.ProcFiles.ParentOf(pid) == wrapper.Id && !space.Left().Contains(pid)).ToList();
        Assert.Single(watch);
        watch.ForEach(pid => _ = LibC.Signal(pid, LibC.Kill));
        _ = LibC.Signal(wrapper.Id, LibC.Kill);
        wrapper.WaitForExit();
    }

    private static void NodeFails(WrapperSpace space, Process wrapper)
    {
        KillAlone(space, wrapper);
        foreach (var pid in space.Left())
        {
            _ = LibC.Signal(pid, LibC.Kill);
        }
    }

    /// <summary>Runs the wrapper with the root on a disk of its own, and tells its result's text.</summary>
    private static async Task<string> OnSmallDiskAsync(WrapperSpace space, string size)
    {
        var script = $"cp -a \"$1\" \"$1.kept\" && mount -t tmpfs -o size={size} none \"$1\" && cp -a \"$1.kept/.\" \"$1\" || exit 99; \"$2\" \"$3\" \"$1\" >&2; cat \"$1/result.json\"";
        var (exitCode, output) = await InNamespaceAsync(space, script);
        Assert.Equal(0, exitCode);
        return output;
    }

    private static async Task<(int ExitCode, string Output)> InNamespaceAsync(WrapperSpace space, string script)
    {
        Assert.SkipUnless(Environment.UserName == "root" && File.Exists("/usr/bin/unshare"), "needs root and unshare, to mount a disk");
        var info = new ProcessStartInfo("/usr/bin/unshare", ["-m", "/bin/sh", "-c", script, "sh", space.Root, space.Shell, WrapperFile.Put(space.Top)]) { RedirectStandardOutput = true };
        using var process = Process.Start(info)!;
        var output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        Assert.SkipWhen(process.ExitCode == 99, "mounting is not allowed here");
        return (process.ExitCode, output);
    }
}
