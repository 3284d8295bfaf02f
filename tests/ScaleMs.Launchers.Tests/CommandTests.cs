using ScaleMs.Core.Ports;
using Xunit;

namespace ScaleMs.Launchers.Tests;

public sealed class CommandTests : IDisposable
{
    private readonly LaunchSpace _space = new();

    public void Dispose() => _space.Dispose();

    [Theory]
    [InlineData("exit 0", 0)]
    [InlineData("exit 1", 1)]
    [InlineData("exit 255", 255)]
    [InlineData("kill -KILL $$", 137)]
    [InlineData("kill -SEGV $$", 139)]
    [InlineData("kill -TERM $$", 143)]
    public async Task Command_Ends_ExitCodeAsShellsTellIt(string script, int exitCode)
    {
        var result = await _space.RunAsync(LaunchSpace.Shell(script));
        Assert.Equal((LaunchEnd.Exited, exitCode, 0, string.Empty), (result.End, result.ExitCode, result.CommandIndex, result.Message));
    }

    [Fact]
    public async Task Commands_OneFails_LaterOnesDoNotRun()
    {
        var result = await _space.RunAsync(LaunchSpace.Shell("echo 1"), LaunchSpace.Shell("echo 2; exit 3"), LaunchSpace.Shell("echo 3"));
        Assert.Equal((LaunchEnd.Exited, 3, 1), (result.End, result.ExitCode, result.CommandIndex));
        Assert.Equal("1\n2\n", _space.Log);
    }

    [Fact]
    public async Task Commands_CodeIsAllowed_NextOneRuns()
    {
        var request = _space.Request(LaunchSpace.Shell("exit 2"), LaunchSpace.Shell("echo next; exit 5"));
        var result = await _space.RunAsync(request with { AllowedExitCodes = [2, 5] });
        Assert.Equal((LaunchEnd.Exited, 5, 1, "next\n"), (result.End, result.ExitCode, result.CommandIndex, _space.Log));
    }

    [Fact]
    public async Task Commands_None_Exited() => Assert.Equal((LaunchEnd.Exited, 0), await EndOf(_space.RunAsync()));

    [Fact]
    public async Task Output_IsRedirected_FileIsReplacedAndErrorsGoToTheLog()
    {
        var output = _space.PathOf("deep/out.txt");
        Directory.CreateDirectory(Path.GetDirectoryName(output)!);
        await File.WriteAllTextAsync(output, "longer than what comes now");
        await _space.RunAsync(LaunchSpace.Shell("echo out; echo err >&2") with { StandardOutput = output });
        Assert.Equal(("out\n", "err\n"), (await File.ReadAllTextAsync(output), _space.Log));
    }

    [Fact]
    public async Task Errors_AreRedirected_FileIsReplacedAndOutputGoesToTheLog()
    {
        await File.WriteAllTextAsync(_space.PathOf("err.txt"), "longer than what comes now");
        await _space.RunAsync(LaunchSpace.Shell("echo out; echo err >&2") with { StandardError = _space.PathOf("err.txt") });
        Assert.Equal(("err\n", "out\n"), (_space.Read("err.txt"), _space.Log));
    }

    [Fact]
    public async Task OutputAndErrors_IntoOneFile_ComeInTheirOrder()
    {
        var file = _space.PathOf("deep/both.txt");
        await _space.RunAsync(LaunchSpace.Shell("echo 1; echo 2 >&2; echo 3") with { StandardOutput = file, StandardError = file });
        Assert.Equal(("1\n2\n3\n", string.Empty), (_space.Read("deep/both.txt"), _space.Log));
    }

    [Fact]
    public async Task Input_FromAFile_IsReadAndStays()
    {
        await File.WriteAllTextAsync(_space.PathOf("in.txt"), "from a file");
        await _space.RunAsync(new LaunchCommand("/bin/cat", [], null, _space.PathOf("out")) { StandardInputFile = _space.PathOf("in.txt") });
        Assert.Equal(("from a file", "from a file"), (_space.Read("out"), _space.Read("in.txt")));
    }

    [Fact]
    public async Task Input_FromAFileThatIsNotThere_NotStarted()
    {
        var result = await _space.RunAsync(new LaunchCommand("/bin/cat", [], null, null) { StandardInputFile = _space.PathOf("no.txt") });
        Assert.Equal(LaunchEnd.NotStarted, result.End);
        Assert.Contains("the files of its standard streams", result.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Output_DirectoryOfTheFileIsMissing_IsMade()
    {
        await _space.RunAsync(LaunchSpace.Shell("echo out") with { StandardOutput = _space.PathOf("new/out.txt") });
        Assert.Equal("out\n", _space.Read("new/out.txt"));
    }

    [Fact]
    public async Task Output_OfOneMegabyte_ArrivesWhole()
    {
        await _space.RunAsync(LaunchSpace.Shell("head -c 1048576 /dev/zero") with { StandardOutput = _space.PathOf("out") });
        Assert.Equal(1 << 20, new FileInfo(_space.PathOf("out")).Length);
    }

    [Fact]
    public async Task Command_LeavesProcessesBehind_TheyAreEnded()
    {
        var result = await _space.RunAsync(LaunchSpace.Shell("sleep 1000 & echo $! > same; setsid sleep 1000 & echo $! > other; exit 4"));
        Assert.Equal((LaunchEnd.Exited, 4), (result.End, result.ExitCode));
        Assert.False(Local.ProcFiles.IsAlive(_space.ReadPid("same")));
        Assert.Empty(Local.AttemptMarker.Find(_space.Directory));
    }

    private static async Task<(LaunchEnd End, int ExitCode)> EndOf(Task<LaunchResult> run)
    {
        var result = await run;
        return (result.End, result.ExitCode);
    }
}
