using ScaleMs.Core.Ports;
using Xunit;

namespace ScaleMs.Launchers.Tests;

public sealed class NotStartedTests : IDisposable
{
    private readonly LaunchSpace _space = new();

    public void Dispose() => _space.Dispose();

    [Fact]
    public Task Program_IsMissing_SaysSo() => ExpectAsync(
        "/no/such/gmx", "there is no such file; install the program, or correct the tool's path");

    [Fact]
    public Task Program_IsADirectory_SaysSo() => ExpectAsync(
        "/usr/bin", "it is a directory; give the path of the program in it");

    [Fact]
    public Task Program_PathIsRelative_SaysSo() => ExpectAsync("bin/gmx", "its path is not absolute; give the tool's absolute path");

    [Fact]
    public Task Program_IsNotExecutable_SaysSo() =>
        ExpectAsync(
            Script("#!/bin/sh\n", UnixFileMode.UserRead),
            "it is not executable; run 'chmod +x' on it; check that its disk is not mounted noexec");

    [Fact]
    public Task Program_InterpreterIsMissing_NamesIt() =>
        ExpectAsync(
            Script("#! /no/python -u\n"),
            "its interpreter '/no/python' is missing or not executable; install it, or correct the script's first line");

    [Fact]
    public Task Program_HasWindowsLineEnds_SaysSo() =>
        ExpectAsync(Script("#!/bin/sh\r\nexit 0\r\n"), "its first line ends with a carriage return; save the script with LF line ends");

    [Fact]
    public Task Program_HasNoInterpreter_IsNotGivenToAShell() => ExpectAsync(
        Script("exit 0\n"),
        "the system cannot run this kind of file; "
        + "a script needs '#!' and its interpreter in the first line; a program must be built for this machine");

    [Fact]
    public async Task Directory_IsGone_NamesIt()
    {
        var request = _space.Request(LaunchSpace.Shell(":")) with { Directory = _space.PathOf("gone") };
        Assert.Equal(
            $"'/bin/sh' could not be started: the directory '{_space.PathOf("gone")}' is gone; "
            + "run the step again; do not clean the work directory during a run",
            (await _space.RunAsync(request)).Message);
    }

    [Fact]
    public async Task Output_CannotBeWritten_SaysSo()
    {
        var result = await _space.RunAsync(LaunchSpace.Shell(":") with { StandardOutput = "/proc/self/no" });
        Assert.Equal(LaunchEnd.NotStarted, result.End);
        Assert.StartsWith("'/bin/sh' could not be started: ", result.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Log_CannotBeWritten_SaysSo()
    {
        var request = _space.Request(LaunchSpace.Shell(":")) with { LogFile = "/proc/no/log" };
        var result = await _space.RunAsync(request);
        Assert.Equal(LaunchEnd.NotStarted, result.End);
        Assert.EndsWith("check the directory's permissions and the space on its disk", result.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Arguments_AreTooLong_SaysSo()
    {
        var result = await _space.RunAsync(LaunchSpace.Shell(":", new string('x', 1 << 23)));
        Assert.Equal(
            "'/bin/sh' could not be started: its arguments and environment are longer than the system takes; pass long lists in a file",
            result.Message);
    }

    [Fact]
    public async Task Argument_HoldsNul_SaysSo()
    {
        var result = await _space.RunAsync(LaunchSpace.Shell(":", "a\0b"));
        Assert.Equal(LaunchEnd.NotStarted, result.End);
        Assert.Equal(
            "'/bin/sh' could not be started: an argument or a variable holds a NUL character; pass such bytes in a file",
            result.Message);
    }

    [Fact]
    public async Task Variable_HasAnImpossibleName_SaysSo()
    {
        var request = _space.Request(LaunchSpace.Shell(":")) with { Environment = new Dictionary<string, string> { ["A=B"] = "1" } };
        Assert.Equal(
            "'/bin/sh' could not be started: a variable's name is empty or holds '='; correct the step's environment",
            (await _space.RunAsync(request)).Message);
    }

    [Fact]
    public async Task Program_IsStillBeingWritten_IsTriedAgain()
    {
        var program = _space.PathOf("busy");
        File.Copy("/bin/true", program);
        Task<LaunchResult> run;
        using (var writer = new FileStream(program, FileMode.Open, FileAccess.Write, FileShare.ReadWrite))
        {
            run = _space.RunAsync(new LaunchCommand(program, [], null, null));
        }

        Assert.Equal(LaunchEnd.Exited, (await run).End);
    }

    private async Task ExpectAsync(string program, string message)
    {
        var result = await _space.RunAsync(LaunchSpace.Shell("exit 0"), new LaunchCommand(program, [], "input", null));
        Assert.Equal($"'{program}' could not be started: {message}", result.Message);
        Assert.Equal((LaunchEnd.NotStarted, 1), (result.End, result.CommandIndex));
        Assert.Equal([_space.LogFile], Directory.GetFiles(_space.Root));
    }

    private string Script(string text, UnixFileMode mode = UnixFileMode.UserRead | UnixFileMode.UserExecute)
    {
        var path = _space.PathOf("script");
        File.WriteAllText(path, text);
        File.SetUnixFileMode(path, mode);
        return path;
    }
}
