using System.Globalization;
using ScaleMs.Core.Ports;
using ScaleMs.Launchers.Native;
using ScaleMs.Launchers.Remote;
using Xunit;

namespace ScaleMs.Launchers.Tests.Remote;

/// <summary>Modules and lines of a site, masks, memory and logs.</summary>
public sealed class WrapperSiteTests
{
    public static TheoryData<string> Shells => WrapperSpace.Shells;

    [Theory]
    [MemberData(nameof(Shells))]
    public async Task Modules_AreLoadedBeforeTheLines_StepsSeeWhatTheySet(string shell)
    {
        using var space = new WrapperSpace(shell);
        WithModules(space, "module() { PATH=/opt/$2:$PATH; LOADEDMODULES=${LOADEDMODULES:+$LOADEDMODULES:}$2; export PATH LOADEDMODULES; }");
        space.Site = space.Site with { Modules = ["gromacs/2023", "it's $(odd)"], Before = ["before=$LOADEDMODULES", "export LD_LIBRARY_PATH=$before", "export UNKNOWN=1"] };
        await space.RunAsync(new LaunchCommand("/usr/bin/env", [], null, space.FileOf("env")));
        var found = space.Read("env").Split('\n');
        Assert.Contains("PATH=/opt/it's $(odd):/opt/gromacs/2023:/usr/bin:/bin", found);
        Assert.Contains("LD_LIBRARY_PATH=gromacs/2023:it's $(odd)", found);
        Assert.DoesNotContain("UNKNOWN=1", found);
    }

    [Theory]
    [MemberData(nameof(Shells))]
    public async Task Module_IsNotThere_NotStartedAndTheLogSaysWhich(string shell)
    {
        using var space = new WrapperSpace(shell);
        WithModules(space, "module() { [ $2 = gcc ] || { echo \"no $2\" >&2; return 1; }; }");
        space.Site = space.Site with { Modules = ["gcc", "gromacs"], Before = ["echo ran"] };
        var result = await space.RunAsync(LaunchSpace.Shell("echo ran"));
        Assert.Equal((LaunchEnd.NotStarted, "the module 'gromacs' could not be loaded: no gromacs"), (result.End, result.Message));
        Assert.Equal("no gromacs\n", space.Log);
    }

    public static TheoryData<string, string, int, string> Refusals { get; } = new(WrapperSpace.Shells.SelectMany(shell => (TheoryDataRow<string, string, int, string>[])
    [
        new(shell, "ModuleCmd_Load.c(213):ERROR:105: Unable to locate a modulefile for 'gromacs'\n", 0, "ModuleCmd_Load.c(213):ERROR:105: Unable to locate a modulefile for 'gromacs'"),
        new(shell, "Loading gromacs\n  ERROR: Unable to locate a modulefile for 'gromacs'\n", 1, "ERROR: Unable to locate a modulefile for 'gromacs'"),
        new(shell, "Lmod Warning: old\n\nLmod has detected the following error:  The following module(s) are unknown:\n\"gromacs\"\n\nPlease check the spelling\n", 1,
            "Lmod has detected the following error:  The following module(s) are unknown: \"gromacs\""),
    ]));

    [Theory]
    [MemberData(nameof(Refusals))]
    public async Task Module_IsRefused_TheMessageHasItsOwnWords(string shell, string words, int status, string said)
    {
        using var space = new WrapperSpace(shell);
        await File.WriteAllTextAsync(Path.Combine(space.Top, "words"), words);
        WithModules(space, $"module() {{ cat '{space.Top}/words' >&2; return {status}; }}");
        space.Site = space.Site with { Modules = ["gromacs"] };
        var result = await space.RunAsync(LaunchSpace.Shell("echo ran"));
        Assert.Equal((LaunchEnd.NotStarted, true, $"the module 'gromacs' could not be loaded: {said}"), (result.End, result.IsLasting, result.Message));
        Assert.Equal(words, space.Log);
    }

    [Theory]
    [MemberData(nameof(Shells))]
    public async Task Module_SaysSomethingAndIsLoaded_StartsAndTheLogHasIt(string shell)
    {
        using var space = new WrapperSpace(shell);
        WithModules(space, "module() { echo \"$2: this version is old\"; }");
        space.Site = space.Site with { Modules = ["gromacs"] };
        Assert.Equal(LaunchEnd.Exited, (await space.RunAsync(LaunchSpace.Shell("echo ran"))).End);
        Assert.Equal("gromacs: this version is old\nran\n", space.Log);
    }

    [Theory]
    [MemberData(nameof(Shells))]
    public async Task Modules_WithoutTheCommand_NotStartedAndSaysSo(string shell)
    {
        using var space = new WrapperSpace(shell);
        string[] others = ["/usr/share/lmod/lmod/init/sh", "/usr/share/modules/init/sh", "/etc/profile.d/lmod.sh", "/etc/profile.d/modules.sh"];
        Assert.SkipWhen(others.Any(File.Exists), "this machine has a command 'module'");
        space.Site = space.Site with { Modules = ["gromacs"] };
        var result = await space.RunAsync(LaunchSpace.Shell("echo ran"));
        Assert.Equal(LaunchEnd.NotStarted, result.End);
        Assert.StartsWith("there is no command 'module' on ", result.Message, StringComparison.Ordinal);
    }

    public static TheoryData<string, string, string> Ends { get; } = new(WrapperSpace.Shells.SelectMany(shell => (TheoryDataRow<string, string, string>[])
        [new(shell, "echo no licence; exit 3", "no licence"), new(shell, "if (", string.Empty), new(shell, ". /no/such/file", "/no/such/file")]));

    [Theory]
    [MemberData(nameof(Ends))]
    public async Task Line_EndsTheShell_NotStartedAndTheMessageSaysWhich(string shell, string line, string said)
    {
        using var space = new WrapperSpace(shell);
        space.Site = space.Site with { Before = ["x=1", "case $x in\n  1) echo one ;;\nesac", line, "echo ran"] };
        var result = await space.RunAsync(LaunchSpace.Shell("echo ran"));
        Assert.Equal(LaunchEnd.NotStarted, result.End);
        Assert.StartsWith("line 3 of the site's 'before' ended the shell; the log says: ", result.Message, StringComparison.Ordinal);
        Assert.Contains(said, result.Message, StringComparison.Ordinal);
        Assert.StartsWith("one\n", space.Log, StringComparison.Ordinal);
        Assert.DoesNotContain("ran", space.Log, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Shells))]
    public async Task Line_Hangs_TimeLimitEndsIt(string shell)
    {
        using var space = new WrapperSpace(shell);
        space.Site = space.Site with { Before = ["sleep 1000"] };
        var result = await space.RunAsync(space.Request(LaunchSpace.Shell(":")) with { TimeLimit = TimeSpan.FromSeconds(0.1) });
        Assert.Equal((LaunchEnd.TimedOut, "time"), (result.End, result.Cause));
        Assert.Empty(space.Left());
    }

    [Theory]
    [MemberData(nameof(Shells))]
    public async Task Files_OfCommandsHaveTheNodesMask_OursArePrivate(string shell)
    {
        using var space = new WrapperSpace(shell);
        space.Order(space.Request(LaunchSpace.Shell(": > made") with { StandardOutput = space.FileOf("out") }));
        using var wrapper = space.Start("/bin/sh", "-c", "umask 027; exec \"$@\"", "sh", space.Shell);
        await wrapper.WaitForExitAsync();
        const UnixFileMode shared = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead;
        Assert.Equal((shared, shared), (File.GetUnixFileMode(space.FileOf("made")), File.GetUnixFileMode(space.FileOf("out"))));
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(space.PathOf(AttemptFiles.Result)));
    }

    [Theory]
    [MemberData(nameof(Shells))]
    public async Task Memory_IsMoreThanClaimed_OutOfMemory(string shell)
    {
        using var space = new WrapperSpace(shell);
        var request = space.Request(LaunchSpace.Shell("head -c 60000000 /dev/zero | tail -c 50000000 > /dev/null; x=$(head -c 50000000 /dev/zero | tr '\\0' x); sleep 1000")) with { MemoryLimitBytes = 20_000_000 };
        var result = await space.RunAsync(request);
        Assert.Equal((LaunchEnd.OutOfMemory, "memory"), (result.End, result.Cause));
        Assert.InRange(result.PeakMemoryBytes, 20_000_000, 1_000_000_000);
    }

    [Theory]
    [MemberData(nameof(Shells))]
    public async Task Time_OfTheProcessor_IsTold(string shell)
    {
        using var space = new WrapperSpace(shell);
        var result = await space.RunAsync(LaunchSpace.Shell("i=0; while [ $i -lt 400000 ]; do i=$((i + 1)); done"));
        Assert.InRange(result.Cpu.TotalSeconds, 0.05, 60);
        Assert.InRange(result.Wall, result.Cpu / 2, TimeSpan.FromMinutes(1));
    }

    [Theory]
    [MemberData(nameof(Shells))]
    public async Task Wrapper_IsStoppedByASignal_CommandsGetOneTerm(string shell)
    {
        using var space = new WrapperSpace(shell);
        await File.WriteAllTextAsync(space.FileOf("counter"), "trap 'echo term >> count' TERM; : > ready; while :; do sleep 0.05; done");
        space.Order(space.Request(LaunchSpace.Shell("trap : TERM; setsid sh counter & wait; wait")) with { Grace = TimeSpan.FromSeconds(0.5) });
        using var wrapper = space.Start();
        await Poll.UntilAsync(() => space.Has("ready"));
        _ = LibC.Signal(wrapper.Id, LibC.Terminate);
        await wrapper.WaitForExitAsync();
        Assert.Equal("term\n", space.Read("count"));
        Assert.Empty(space.Left());
    }

    [Fact]
    public async Task Log_IsLarge_IsFollowedInLittleMemory()
    {
        using var space = new WrapperSpace();
        var request = space.Request(LaunchSpace.Shell("yes 0123456789abcdef 2>/dev/null | head -c 170000000"));
        await space.RunAsync(request);
        long lines = 0;
        var log = new LogFollower(new FileLogSource(request.LogFile), request, isCopied: false, _ => lines++);
        await log.FinishAsync(170_000_000, TimeSpan.FromMinutes(1), CancellationToken.None);
        Assert.Equal(10_000_000, lines);
        Assert.InRange(GC.GetTotalMemory(forceFullCollection: true), 0, 100_000_000);
    }

    /// <summary>No sleep of the watch, and no other process that was started in the test's folder.</summary>
    [Theory]
    [MemberData(nameof(Shells))]
    public async Task Wrapper_HasEnded_NothingOfItIsLeft(string shell)
    {
        using var space = new WrapperSpace(shell);
        space.Node["WRAPPER_OF"] = space.Top;
        await space.RunAsync(LaunchSpace.Shell(":"));
        Assert.DoesNotContain(Local.ProcFiles.Pids(), pid => Local.ProcFiles.Text(string.Create(CultureInfo.InvariantCulture, $"/proc/{pid}/environ")).Contains("WRAPPER_OF=" + space.Top, StringComparison.Ordinal));
    }

    private static void WithModules(WrapperSpace space, string function)
    {
        var init = Path.Combine(space.Top, "lmod", "init");
        Directory.CreateDirectory(init);
        File.WriteAllText(Path.Combine(init, "sh"), function + "\n");
        space.Node["LMOD_PKG"] = Path.Combine(space.Top, "lmod");
    }
}
