using System.Diagnostics;
using System.Text;
using ScaleMs.Launchers.Local;
using Xunit;

namespace ScaleMs.Launchers.Tests;

public sealed class ReaperTests : IDisposable
{
    private readonly LaunchSpace _space = new();

    public void Dispose() => _space.Dispose();

    [Fact]
    public async Task Reap_HostWasKilled_EndsItsProcessesAndTheLogIsWhole()
    {
        const string script = "trap '' TERM; setsid sh -c 'echo $$ > leaves; sleep 1000; :' & "
            + "echo $$ > leader; i=0; while :; do i=$((i+1)); echo line $i; sleep 0.02; done";
        using var host = Process.Start(EntryPoint.Path, ["--host", _space.Root, script]);
        await Poll.UntilAsync(() => _space.Has("leaves") && _space.Log.Length > 0);
        host.Kill();
        await host.WaitForExitAsync();
        var length = _space.Log.Length;
        await Poll.UntilAsync(() => _space.Log.Length > length + 50);

        Assert.True(new LocalLauncher().Reap(_space.Root) >= 3);
        Assert.All(["leaves", "leader"], file => Assert.False(ProcFiles.IsAlive(_space.ReadPid(file))));
        Assert.Equal(0, new LocalLauncher().Reap(_space.Root));
    }

    [Fact]
    public async Task Reap_UnmarkedProcessOrOtherWorkspace_IsSpared()
    {
        using var shellOfTheUser = Start(_space.Directory, null);
        using var neighbour = Start("/", _space.Root + "2/a1");
        using var left = Start("/", _space.PathOf("nested/a2"));
        Assert.Equal(1, new LocalLauncher().Reap(_space.Root + "/"));
        await left.WaitForExitAsync();
        Assert.False(shellOfTheUser.HasExited);
        Assert.False(neighbour.HasExited);
        neighbour.Kill();
        shellOfTheUser.Kill();
    }

    [Fact]
    public async Task Reap_CallerIsItselfMarked_SparesItselfAndItsAncestors()
    {
        var script = $"'{EntryPoint.Path}' --reap '{_space.Root}'; echo ended with $?";
        var start = new ProcessStartInfo("/bin/sh", ["-c", script]) { RedirectStandardOutput = true };
        start.Environment[AttemptMarker.Variable] = _space.Directory;
        using var shell = Process.Start(start)!;
        Assert.Equal("ended with 0\n", await shell.StandardOutput.ReadToEndAsync());
    }

    [Theory]
    [InlineData("A=1\0SCALEMS_ATTEMPT=/w/a\0", "/w/a", true)]
    [InlineData("SCALEMS_ATTEMPT=/w/a/b", "/w/a", true)]
    [InlineData("SCALEMS_ATTEMPT=/w/ab", "/w/a", false)]
    [InlineData("SCALEMS_ATTEMPT=/w", "/w/a", false)]
    [InlineData("XSCALEMS_ATTEMPT=/w/a", "/w/a", false)]
    [InlineData("X=SCALEMS_ATTEMPT=/w/a", "/w/a", false)]
    [InlineData("", "/w/a", false)]
    public void Marker_OfADirectoryOrBelow_IsFound(string environment, string directory, bool isFound) =>
        Assert.Equal(isFound, AttemptMarker.Holds(Encoding.UTF8.GetBytes(environment), Encoding.UTF8.GetBytes(directory)));

    private static Process Start(string directory, string? marker)
    {
        var start = new ProcessStartInfo("/bin/sleep", ["1000"]) { WorkingDirectory = directory };
        start.Environment[AttemptMarker.Variable] = marker;
        return Process.Start(start)!;
    }
}
