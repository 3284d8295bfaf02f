using ScaleMs.Core.Ports;
using ScaleMs.Launchers.Native;
using ScaleMs.Launchers.Remote;
using Xunit;

namespace ScaleMs.Launchers.Tests.Remote;

public sealed class WrapperStopTests
{
    private const string WaitForEver = "while :; do sleep 0.05; done";

    public static TheoryData<string> Shells => WrapperSpace.Shells;

    [Theory]
    [MemberData(nameof(Shells))]
    public async Task Cancel_FileAppears_WholeTreeIsEnded(string shell)
    {
        using var space = new WrapperSpace(shell);
        space.Order(space.Request(LaunchSpace.Shell($"trap 'echo term; exit 9' TERM; setsid sleep 1000 & echo $! > away; : > ready; {WaitForEver}")));
        using var wrapper = space.Start();
        await Poll.UntilAsync(() => space.Has("ready"));
        await File.WriteAllTextAsync(space.PathOf(AttemptFiles.Cancel), string.Empty);
        await wrapper.WaitForExitAsync();
        var result = space.Result();
        Assert.Equal((LaunchEnd.Cancelled, 9, "cancel"), (result.End, result.ExitCode, result.Cause));
        Assert.EndsWith("term\n", space.Log, StringComparison.Ordinal);
        Assert.Empty(space.Left());
    }

    [Theory]
    [MemberData(nameof(Shells))]
    public async Task Cancel_BeforeItBegins_NothingIsRun(string shell)
    {
        using var space = new WrapperSpace(shell);
        var request = space.Request(LaunchSpace.Shell(": > begun"));
        await File.WriteAllTextAsync(space.PathOf(AttemptFiles.Cancel), string.Empty);
        var result = await space.RunAsync(request);
        Assert.Equal((LaunchEnd.Cancelled, 0, "cancel"), (result.End, result.ExitCode, result.Cause));
        Assert.False(space.Has("begun"));
    }

    [Theory]
    [MemberData(nameof(Shells))]
    public async Task TimeLimit_TermIsIgnored_KilledAfterTheGrace(string shell)
    {
        using var space = new WrapperSpace(shell);
        var request = space.Request(LaunchSpace.Shell($"trap '' TERM; sleep 1000 & setsid sleep 1000 & {WaitForEver}"));
        var result = await space.RunAsync(request with { TimeLimit = TimeSpan.FromSeconds(0.5), Grace = TimeSpan.FromSeconds(0.5) });
        Assert.Equal((LaunchEnd.TimedOut, 137, "time"), (result.End, result.ExitCode, result.Cause));
        Assert.Empty(space.Left());
    }

    [Theory]
    [InlineData("dash", 15, "TERM", LaunchEnd.Cancelled)]
    [InlineData("bash", 15, "TERM", LaunchEnd.Cancelled)]
    [InlineData("busybox", 15, "TERM", LaunchEnd.Cancelled)]
    [InlineData("dash", 10, "USR1", LaunchEnd.TimedOut)]
    [InlineData("bash", 10, "USR1", LaunchEnd.TimedOut)]
    [InlineData("busybox", 10, "USR1", LaunchEnd.TimedOut)]
    public async Task Signal_ToTheWrapper_EndsTheCommands(string shell, int signal, string cause, LaunchEnd end)
    {
        using var space = new WrapperSpace(shell);
        space.Order(space.Request(LaunchSpace.Shell($": > ready; {WaitForEver}")));
        using var wrapper = space.Start();
        await Poll.UntilAsync(() => space.Has("ready"));
        Assert.Equal(0, LibC.Signal(wrapper.Id, signal));
        await wrapper.WaitForExitAsync();
        var result = space.Result();
        Assert.Equal((end, 143, cause), (result.End, result.ExitCode, result.Cause));
        Assert.Empty(space.Left());
    }

    [Theory]
    [MemberData(nameof(Shells))]
    public async Task Wrapper_IsKilled_CommandsAreEndedAndTheResultSaysIt(string shell)
    {
        using var space = new WrapperSpace(shell);
        space.Order(space.Request(LaunchSpace.Shell($": > ready; {WaitForEver}")));
        using var wrapper = space.Start();
        await Poll.UntilAsync(() => space.Has("ready"));
        Assert.Equal(0, LibC.Signal(wrapper.Id, LibC.Kill));
        await Poll.UntilAsync(() => File.Exists(space.PathOf(AttemptFiles.Result)) && !File.Exists(space.PathOf(AttemptFiles.Order)));
        Assert.Equal((LaunchEnd.NodeLost, "the wrapper was killed on the node"), (space.Result().End, space.Result().Message));
        Assert.Empty(space.Left());
    }
}
