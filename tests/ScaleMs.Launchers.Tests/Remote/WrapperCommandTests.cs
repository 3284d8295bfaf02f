using ScaleMs.Core.Digests;
using ScaleMs.Core.Model;
using ScaleMs.Core.Ports;
using ScaleMs.Launchers.Remote;
using Xunit;

namespace ScaleMs.Launchers.Tests.Remote;

public sealed class WrapperCommandTests
{
    public static TheoryData<string> Shells => WrapperSpace.Shells;

    [Theory]
    [MemberData(nameof(Shells))]
    public async Task Command_Ends_ResultTellsItAndTheOutputs(string shell)
    {
        using var space = new WrapperSpace(shell);
        var request = space.Request(LaunchSpace.Shell("echo made > out.txt; echo told")) with { Outputs = [new LaunchOutput(ArtifactPath.Parse("out.txt"))] };
        var result = await space.RunAsync(request);
        Assert.Equal((LaunchEnd.Exited, 0, 0, string.Empty, string.Empty), (result.End, result.ExitCode, result.CommandIndex, result.Message, result.Cause));
        Assert.Equal(("told\n", WrapperSpace.Key, Environment.MachineName), (space.Log, result.Key, result.Host));
        var output = Assert.Single(result.Outputs);
        Assert.Equal(("out.txt", 5L, Digest.OfText("made\n")), (output.Path.Value, output.Bytes, output.Digest));
        Assert.Null(result.ProblemFor(request));
    }

    [Theory]
    [MemberData(nameof(Shells))]
    public async Task Commands_OneFails_LaterOnesDoNotRun(string shell)
    {
        using var space = new WrapperSpace(shell);
        var request = space.Request(LaunchSpace.Shell("echo 1; exit 2"), LaunchSpace.Shell("echo 2; exit 3"), LaunchSpace.Shell("echo 3"));
        var result = await space.RunAsync(request with { AllowedExitCodes = [0, 2] });
        Assert.Equal((LaunchEnd.Exited, 3, 1, "1\n2\n"), (result.End, result.ExitCode, result.CommandIndex, space.Log));
    }

    [Theory]
    [MemberData(nameof(Shells))]
    public async Task Environment_IsWhatTheOrderSaysAndLittleOfTheNodes(string shell)
    {
        using var space = new WrapperSpace(shell);
        space.Node["GMXLIB"] = "it's\nhere";
        space.Node["TMPDIR"] = "/tmp";
        space.Node["claim"] = "a name that the wrapper uses";
        space.Node["BASH_FUNC_which%%"] = "() { :; }";
        space.Node["SLURM_JOB_ID"] = "7";
        space.Site = space.Site with { Pass = ["GMXLIB", "NOT_SET"], Before = ["export LM_LICENSE_FILE=1@host"] };
        var request = space.Request(new LaunchCommand("/usr/bin/env", ["-0"], null, space.FileOf("env")));
        await space.RunAsync(request with { Environment = new Dictionary<string, string> { ["LC_ALL"] = "C", ["A"] = "$(x) `y` 'z'", ["a.b"] = "odd", ["UID"] = "7" } });
        var found = space.Read("env").Split('\0', StringSplitOptions.RemoveEmptyEntries).Where(entry => !entry.StartsWith("SHLVL=", StringComparison.Ordinal) && !entry.StartsWith("_=", StringComparison.Ordinal));
        Assert.Equal(
            ["A=$(x) `y` 'z'", "GMXLIB=it's\nhere", "LC_ALL=C", "LM_LICENSE_FILE=1@host", "PATH=/usr/bin:/bin", $"SCALEMS_ATTEMPT=remote:{space.Files}", "SLURM_JOB_ID=7", "TMPDIR=/tmp", "UID=7", "a.b=odd"],
            found.Order(StringComparer.Ordinal));
    }

    [Theory]
    [MemberData(nameof(Shells))]
    public async Task Arguments_AreHostile_ArriveAsTheyAre(string shell)
    {
        using var space = new WrapperSpace(shell);
        string[] hostile = ["", "'", "\"", "a\nb\n", "$(touch no)", "`touch no`", "*", "-n", "--", "\\", "a b ", "ä€😀", "\u0001\u007f\u0081", "$HOME;&|<>", new('x', 100_000)];
        await space.RunAsync(new LaunchCommand("/usr/bin/printf", ["%s\\0", .. hostile], null, space.FileOf("a file")));
        Assert.Equal(hostile, space.Read("a file").Split('\0')[..^1]);
        Assert.False(space.Has("no"));
    }

    [Theory]
    [MemberData(nameof(Shells))]
    public async Task Streams_AreRedirected_AsTheLocalLauncherDoesIt(string shell)
    {
        using var space = new WrapperSpace(shell);
        await File.WriteAllTextAsync(space.FileOf("in"), "from a file");
        await space.RunAsync(
            new LaunchCommand("/bin/cat", [], "a text's\n", space.FileOf("new/1")),
            new LaunchCommand("/bin/cat", [], null, space.FileOf("2")) { StandardInputFile = space.FileOf("in") },
            LaunchSpace.Shell("echo 1; echo 2 >&2; echo 3") with { StandardOutput = space.FileOf("3"), StandardError = space.FileOf("3") },
            LaunchSpace.Shell("echo log; echo err >&2; cat") with { StandardError = space.FileOf("4") });
        Assert.Equal(("a text's\n", "from a file", "1\n2\n3\n", "err\n", "log\n"), (space.Read("new/1"), space.Read("2"), space.Read("3"), space.Read("4"), space.Log));
    }

    [Theory]
    [MemberData(nameof(Shells))]
    public async Task Program_IsMissing_NotStarted(string shell)
    {
        using var space = new WrapperSpace(shell);
        var result = await space.RunAsync(LaunchSpace.Shell(":"), new LaunchCommand("/no/such", [], null, null));
        Assert.Equal((LaunchEnd.NotStarted, 1, true), (result.End, result.CommandIndex, result.IsLasting));
        Assert.Contains("'/no/such' could not be started: there is no such file", result.Message, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Shells))]
    public async Task Program_HasNoInterpreter_NotStartedWithSetsidAndWithout(string shell)
    {
        foreach (var isWithout in new[] { false, true })
        {
            using var space = new WrapperSpace(shell);
            space.Node["PATH"] = isWithout ? space.WithoutSetsid() : space.Node["PATH"];
            await File.WriteAllTextAsync(space.FileOf("tool"), "#!/no/such/interpreter\n");
            File.SetUnixFileMode(space.FileOf("tool"), UnixFileMode.UserRead | UnixFileMode.UserExecute);
            var result = await space.RunAsync(new LaunchCommand(space.FileOf("tool"), [], null, null));
            Assert.Equal((LaunchEnd.NotStarted, 0, true), (result.End, result.ExitCode, result.IsLasting));
            Assert.Contains("its interpreter is missing", result.Message, StringComparison.Ordinal);
            Assert.Contains("tool", space.Log, StringComparison.Ordinal);
        }
    }

    [Theory]
    [MemberData(nameof(Shells))]
    public async Task Command_EndsWithACodeThatShellsUse_Exited(string shell)
    {
        using var space = new WrapperSpace(shell);
        var result = await space.RunAsync(LaunchSpace.Shell("echo why >&2; exit 127"));
        Assert.Equal((LaunchEnd.Exited, 127, "why\n"), (result.End, result.ExitCode, space.Log));
    }

    [Theory]
    [MemberData(nameof(Shells))]
    public async Task Wrapper_Ends_LeavesNoProcessAndNoOrder(string shell)
    {
        using var space = new WrapperSpace(shell);
        var result = await space.RunAsync(LaunchSpace.Shell("sleep 1000 & setsid sleep 1000 & exit 4"));
        Assert.Equal((LaunchEnd.Exited, 4), (result.End, result.ExitCode));
        Assert.Empty(space.Left());
        Assert.False(File.Exists(space.PathOf(AttemptFiles.Order)));
    }

    [Theory]
    [MemberData(nameof(Shells))]
    public async Task Attempt_IsClaimed_SecondRunDoesNothing(string shell)
    {
        using var space = new WrapperSpace(shell);
        await space.RunAsync(LaunchSpace.Shell("echo once"));
        space.Order(space.Request(LaunchSpace.Shell("echo twice")));
        using var second = space.Start();
        await second.WaitForExitAsync();
        Assert.Equal((0, "once\n"), (second.ExitCode, space.Log));
    }
}
